package io.quorate.coordinator.cli.ensemble;

import io.quorate.coordinator.cli.link.ServerAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Owns which members there are: those that were named, and those that the configuration of the ensemble adds. Not thread-safe. */
final class Roll {

    private final List<MemberReport> reports = new ArrayList<>();

    void add(MemberReport report) {
        if (find(report.idOrNull(), report.address()).isEmpty()) {
            reports.add(report);
        }
    }

    private Optional<MemberReport> find(Long idOrNull, ServerAddress address) {
        return reports.stream()
                .filter(each ->
                        each.address().isSamePlace(address) || (idOrNull != null && idOrNull.equals(each.idOrNull())))
                .findFirst();
    }

    /**
     * Whether one of the reports is already about this member. Without numbers and client ports, a server on the member's host is
     * taken for it.
     */
    boolean knows(MemberLine member) {
        return reports.stream().anyMatch(each -> {
            if (each.idOrNull() != null) {
                return each.idOrNull() == member.id();
            }
            return member.clientOrNull() == null
                    ? new ServerAddress(member.host(), each.address().port()).isSamePlace(each.address())
                    : member.clientOrNull().isSamePlace(each.address());
        });
    }

    /** The client port of the first member, which those whose own is not known probably share. */
    int usualPort() {
        return reports.get(0).address().port();
    }

    /** By number, those without one last. */
    List<MemberReport> sorted() {
        return reports.stream()
                .sorted(Comparator.comparing(MemberReport::idOrNull, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }
}
