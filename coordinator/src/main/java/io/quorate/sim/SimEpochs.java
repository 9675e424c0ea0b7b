package io.quorate.sim;

import io.quorate.coordinator.zab.EpochOut;
import java.util.ArrayDeque;
import java.util.Deque;

/** The epoch files of one process: each is replaced as a whole, one after the other, and is durable some time later. */
final class SimEpochs implements EpochOut {

    private record Order(boolean accepted, long epoch) {}

    private final SimProcess process;
    private final SimDisk disk;
    private final Deque<Order> orders = new ArrayDeque<>();

    SimEpochs(SimProcess process, SimDisk disk) {
        this.process = process;
        this.disk = disk;
    }

    @Override
    public void storeAcceptedEpoch(long epoch) {
        order(new Order(true, epoch));
    }

    @Override
    public void storeCurrentEpoch(long epoch) {
        order(new Order(false, epoch));
    }

    private void order(Order order) {
        orders.add(order);
        if (orders.size() == 1) {
            process.after(process.server().syncMicros(), this::store);
        }
    }

    private void store() {
        long stuck = process.server().stuckMicros();
        if (stuck > 0) {
            process.after(stuck, this::store);
            return;
        }
        Order order = orders.poll();
        write(order);
        if (!orders.isEmpty()) {
            process.after(process.server().syncMicros(), this::store);
        }
        process.onEpochStored(order.accepted, order.epoch);
    }

    private void write(Order order) {
        if (order.accepted) {
            disk.acceptedEpoch(order.epoch);
        } else {
            disk.currentEpoch(order.epoch);
        }
    }

    /** The process ends: what was under way may have got as far as its rename. */
    void crash(int ordersDone) {
        for (int i = 0; i < ordersDone && !orders.isEmpty(); i++) {
            write(orders.poll());
        }
        orders.clear();
    }

    int pending() {
        return orders.size();
    }
}
