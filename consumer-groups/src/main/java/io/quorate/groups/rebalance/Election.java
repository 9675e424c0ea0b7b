package io.quorate.groups.rebalance;

import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.client.OpResult;
import java.util.Comparator;
import java.util.List;

/** Finds out whether this member leads: the lowest number does, and every other watches only the one before it. */
final class Election {
    private static final int DIGITS = 10;
    private static final long RETRY_MILLIS = 200;

    private final Context context;
    private final Runnable elected;
    /** Name of this member's candidate node; null if it is none. */
    private String candidate;

    private boolean asking;
    private boolean again;
    private final Refusals refusals;

    Election(Context context, Runnable elected) {
        this.context = context;
        this.elected = elected;
        this.refusals = new Refusals(context, RETRY_MILLIS);
    }

    void start(String candidatePath) {
        candidate = GroupPaths.lastName(candidatePath);
        asking = false;
        look();
    }

    void stop() {
        candidate = null;
        asking = false;
    }

    /** The order may have changed. */
    void look() {
        if (candidate == null || !context.connected) {
            return;
        }
        again = asking;
        if (asking) {
            return;
        }
        asking = true;
        context.requests.read(List.of(TreeRead.children(context.paths.election())), answer -> {
            asking = false;
            if (candidate == null) {
                return;
            }
            Answer whole = answer.whole();
            boolean isAnswered = whole.isOk() && answer.results().get(0).isOk();
            if (isAnswered) {
                judge(answer.results().get(0));
            }
            if (again) {
                // A failure of before a reconnection may come after it.
                look();
            } else if (!isAnswered) {
                lookLater(whole);
            }
        });
    }

    private void lookLater(Answer failure) {
        context.timers.within(
                Timer.ELECTION_RETRY, refusals.retryMillis("the line of those who may lead", failure), this::look);
    }

    private void judge(OpResult list) {
        List<String> inOrder = list.children().stream()
                .sorted(Comparator.comparing(Election::number))
                .toList();
        int place = inOrder.indexOf(candidate);
        if (place < 0) {
            context.fate.gone("the candidate's node is gone");
        } else if (place == 0) {
            elected.run();
        } else {
            watch(inOrder.get(place - 1));
        }
    }

    private static String number(String name) {
        return name.substring(Math.max(0, name.length() - DIGITS));
    }

    private void watch(String before) {
        context.requests.exists(context.paths.election() + "/" + before, answer -> {
            if (!answer.isOk()) {
                lookLater(answer);
                return;
            }
            refusals.over();
            if (answer.results().get(0).stat() == null) {
                look();
            }
        });
    }
}
