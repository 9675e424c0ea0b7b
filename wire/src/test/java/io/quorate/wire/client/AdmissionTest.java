package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
    @Test
    void thereIsALimitAndWhoWaitsIsToldOfRoom() {
        Admission admission = new Admission(2);
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.whenReady()).isCompleted();
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.tryEnter()).isFalse();
        CompletableFuture<Void> first = admission.whenReady();
        CompletableFuture<Void> second = admission.whenReady();
        assertThat(first).isNotDone();
        admission.leave();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(admission.tryEnter()).isTrue();
        assertThat(admission.tryEnter()).isFalse();
    }
}
