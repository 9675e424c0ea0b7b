package io.quorate.coordinator.admin;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How means are written: a decimal with one to four digits. */
final class Decimals {

    private static final int DIGITS = 4;

    private Decimals() {}

    static String of(double value) {
        return Double.toString(
                BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP).doubleValue());
    }
}
