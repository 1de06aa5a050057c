package io.tealdesk.rehearsal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Refuses at once what could only fail, or never end, minutes later: no requests, waits divided by nothing. */
final class PositiveNumber implements ITypeConverter<Double> {

    /** The same, without a fraction. */
    static final class Whole implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String value) {
            try {
                int number = Integer.parseInt(value);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException noNumber) {
                // Said below, as for one that is too small.
            }
            throw new TypeConversionException("'" + value + "' is no whole number above 0");
        }
    }

    @Override
    public Double convert(String value) {
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number) && number > 0) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Said below, as for one that is too small.
        }
        throw new TypeConversionException("'" + value + "' is no number above 0");
    }
}
