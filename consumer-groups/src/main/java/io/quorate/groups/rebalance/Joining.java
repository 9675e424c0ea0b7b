package io.quorate.groups.rebalance;

import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Registers a member (consumer-groups D3, join): finds out the mode of the group or gives it one, sets watches, then creates
 * registration and candidate in one transaction. Can be begun anew at any point, also when its answers were lost.
 */
final class Joining {
    private static final long RETRY_MILLIS = 200;

    private final Context context;
    private final Parents parents;
    private final Consumer<String> joined;
    private final CurrentRun run = new CurrentRun();
    private final Refusals refusals;

    /** @param joined gets the path of the candidate's node, null for a member that does not stand for election */
    Joining(Context context, Parents parents, Consumer<String> joined) {
        this.context = context;
        this.parents = parents;
        this.joined = joined;
        this.refusals = new Refusals(context, RETRY_MILLIS);
    }

    /** Begins, or begins anew. */
    void begin() {
        run.next();
        context.requests.watch(context.paths.quorate(), false, ofThisRun(watched -> {}));
        List<TreeRead> reads =
                List.of(TreeRead.data(context.paths.quorate()), TreeRead.data(context.paths.id(context.self.id())));
        context.requests.read(reads, ofThisRun(answer -> {
            if (answer.results().get(1).isOk()) {
                findCandidate();
            } else if (answer.results().get(0).isOk()) {
                checkMode(answer.results().get(0));
            } else {
                // A long list in a large group, so only those who need it read it.
                context.requests.read(
                        List.of(TreeRead.children(context.paths.ids())),
                        ofThisRun(ids -> foundGroup(ids.results().get(0))));
            }
        }));
    }

    /**
     * Failures are not passed on: the connection is lost, and this begins anew when it is back. What may not be read is not
     * taken for missing.
     */
    private Consumer<Answer> ofThisRun(Consumer<Answer> then) {
        return run.only((Answer answer) -> {
            Answer whole = answer.whole();
            if (whole.isOk()) {
                then.accept(answer);
            } else {
                again("a group", whole);
            }
        });
    }

    /** Somebody else may have been faster, once; what is refused again is tried less and less often. */
    private void again(String what, Answer answer) {
        if (!answer.isRefusal()) {
            return;
        }
        boolean isRace = refusals.isNone() && !answer.isLasting();
        long wait = refusals.next();
        if (isRace) {
            begin();
        } else {
            context.complain(what, answer);
            context.timers.in(Timers.Timer.JOIN_RETRY, wait, run.only(this::begin));
        }
    }

    /**
     * The group has no mode yet: native if nobody is there and nobody wants it otherwise. Whoever gives it one makes all its
     * nodes in the same transaction, so that of many members that begin at the same time only one makes them.
     */
    private void foundGroup(OpResult ids) {
        boolean empty = !ids.isOk() || ids.children().isEmpty();
        boolean wanted = context.config.policy().mode() != ModeWish.COMPAT;
        GroupMode mode = empty && wanted ? GroupMode.NATIVE : GroupMode.COMPAT;
        parents.missing(
                needed(),
                run.only((List<String> missing) -> {
                    if (!missing.contains(context.paths.quorate())) {
                        begin();
                        return;
                    }
                    List<TreeOp> ops = missing.stream()
                            .map(path -> path.equals(context.paths.quorate())
                                    ? new TreeOp.Create(path, mode.bytes(), TreeOp.Kind.PERSISTENT)
                                    : TreeOp.plain(path))
                            .toList();
                    context.requests.multi(ops, run.only((Answer answer) -> {
                        // Another may have been faster: looks again either way.
                        if (answer.isOk()) {
                            begin();
                        } else {
                            again(
                                    isRootless(ops, answer) ? "a group in a chroot that is not there" : "a group",
                                    answer);
                        }
                    }));
                }),
                answer -> {});
    }

    /**
     * The chroot is the brokers' to create: a member that made it would found a group where nobody looks for one, if what it
     * was told is wrong. Old consumers do not make it either.
     */
    private static boolean isRootless(List<TreeOp> ops, Answer answer) {
        return answer.error() == ErrorCode.NO_NODE
                && answer.index() >= 0
                && ops.get(answer.index()).path().equals(GroupPaths.CONSUMERS);
    }

    private void checkMode(OpResult node) {
        Optional<GroupMode> mode = GroupMode.read(node.data());
        if (mode.isEmpty()) {
            context.fate.end(Orders.End.UNSUITABLE, "the group is in a mode that this version does not know");
        } else if (mode.get() == GroupMode.COMPAT && context.config.policy().mode() == ModeWish.NATIVE) {
            context.fate.end(Orders.End.UNSUITABLE, "the group is in compat mode");
        } else {
            context.mode = mode.get();
            Consumer<Answer> failed = run.only((Answer answer) -> again("a group", answer));
            parents.ensurePaths(needed(), run.only(this::register), failed);
        }
    }

    private List<String> needed() {
        return List.of(
                context.paths.ids(),
                context.paths.owners(),
                context.paths.offsets(),
                context.paths.election(),
                context.paths.leaderEpoch(),
                context.paths.generation(),
                context.paths.targets());
    }

    private boolean isCandidate() {
        return context.config.identity().leaderEligible() && !isDisguised();
    }

    /** A member that wants compat mode looks like an old consumer, so that leaders of native groups give way. */
    private boolean isDisguised() {
        return context.config.policy().mode() == ModeWish.COMPAT;
    }

    /** The registration, so that an evicted member stops, and the target, which need not exist yet. */
    private void watchOwn() {
        context.requests.watch(context.paths.id(context.self.id()), false, ofThisRun(watched -> {}));
        context.requests.watch(context.paths.target(context.key()), false, ofThisRun(watched -> {}));
    }

    private void register() {
        watchOwn();
        List<TreeOp> ops = new ArrayList<>();
        ops.add(new TreeOp.Create(context.paths.id(context.self.id()), body(), TreeOp.Kind.EPHEMERAL));
        if (isCandidate()) {
            byte[] id = context.self.id().getBytes(StandardCharsets.UTF_8);
            ops.add(new TreeOp.Create(context.paths.candidate(), id, TreeOp.Kind.EPHEMERAL_SEQUENTIAL));
        }
        context.requests.multi(ops, run.only((Answer answer) -> {
            if (answer.isOk()) {
                joined.accept(isCandidate() ? answer.results().get(1).path() : null);
            } else {
                // Somebody may have deleted a parent meanwhile.
                again("a registration", answer);
            }
        }));
    }

    private byte[] body() {
        var identity = context.config.identity();
        Registration.Origin origin =
                new Registration.Origin(identity.instance(), identity.rack(), identity.host(), identity.client());
        String timestamp = Long.toString(context.timers.now());
        return new Registration(context.config.subscription(), timestamp, !isDisguised(), origin).bytes();
    }

    /** The answer to the registration was lost, but it was done: which candidate is ours? */
    private void findCandidate() {
        // The watches may have been lost with their answers.
        watchOwn();
        if (!isCandidate()) {
            joined.accept(null);
            return;
        }
        List<TreeRead> list = List.of(TreeRead.children(context.paths.election()));
        context.requests.read(list, ofThisRun(answer -> {
            if (!answer.results().get(0).isOk()) {
                context.fate.gone("there is no election");
                return;
            }
            List<String> paths = answer.results().get(0).children().stream()
                    .map(name -> context.paths.election() + "/" + name)
                    .toList();
            List<TreeRead> reads = paths.stream().map(TreeRead::data).toList();
            context.requests.read(reads, run.only((Answer bodies) -> foundCandidates(paths, bodies)));
        }));
    }

    private void foundCandidates(List<String> paths, Answer bodies) {
        for (int i = 0; i < bodies.results().size(); i++) {
            if (context.isMine(bodies.results().get(i))) {
                joined.accept(paths.get(i));
                return;
            }
        }
        Answer whole = bodies.whole();
        if (whole.isOk()) {
            context.fate.gone("the candidate's node is gone");
        } else {
            again("a candidate", whole);
        }
    }
}
