package io.tributary.core;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How people write a task's labels, and the numbers that stand for them: for classes their index, from 0, in the order of
 * the spec.
 *
 * @param task what labels are of
 * @param classes the classes' names; empty unless there are several
 */
public record Labels(Task task, List<String> classes) {

    /** A stack over more takes more memory than a segment is worth: it grows with their square. */
    private static final int MOST_CLASSES = 50;

    private static final Pattern NAME = Pattern.compile("[^,\\p{Cntrl}]{1,100}");

    /**
     * The label that a text stands for.
     *
     * @return NaN if the text is empty, or says that there is none: {@code NaN}, {@code NA} or {@code null}
     * @throws IllegalArgumentException if it stands for no label; the message is the rule that it breaks, such as
     *     {@code must be 0 or 1, or empty}
     */
    public double parse(String text) {
        String label = text.strip();
        if (task == Task.MULTICLASS && classes.contains(label)) {
            // First, since a class may be called NA.
            return classes.indexOf(label);
        }
        if (isNothing(label)) {
            return Double.NaN;
        }
        double parsed = task == Task.MULTICLASS ? indexOfWholeNumber(label) : number(label);
        if (Double.isNaN(parsed) || Double.isInfinite(parsed) || task == Task.BINARY && parsed != 0 && parsed != 1) {
            throw new IllegalArgumentException("must be " + rule() + ", or empty");
        }
        // Zero has two signs, and a label one.
        return parsed + 0.0;
    }

    /** Whether a text says that there is nothing. */
    public static boolean isNothing(String text) {
        return text.isEmpty() || text.equalsIgnoreCase("nan") || text.equals("NA") || text.equals("null");
    }

    /** What is wrong with the names of classes; null if nothing is. */
    public static @Nullable String problem(List<String> classes) {
        if (classes.size() < 2 || classes.size() > MOST_CLASSES) {
            return "has " + classes.size() + " names, must have 2 to " + MOST_CLASSES
                    + ": those of the classes, in the order in which members give their probabilities";
        }
        if (new HashSet<>(classes).size() < classes.size()) {
            return "names a class twice: " + String.join(", ", classes);
        }
        for (String name : classes) {
            if (name.isEmpty()
                    || !name.equals(name.strip())
                    || !NAME.matcher(name).matches()) {
                return "has the name '" + name + "', must have names without commas and without blanks around them";
            }
        }
        return null;
    }

    /** What a label must be, for messages. */
    public String rule() {
        return switch (task) {
            case BINARY -> "0 or 1";
            case MULTICLASS -> "one of the classes " + String.join(", ", classes);
            case REGRESSION, QUANTILE -> "a finite number";
        };
    }

    /** Classes that are called by whole numbers become decimal ones once a column of them has gaps. */
    private double indexOfWholeNumber(String label) {
        try {
            int index =
                    classes.indexOf(new BigDecimal(label).stripTrailingZeros().toPlainString());
            return index < 0 ? Double.NaN : index;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private double number(String label) {
        try {
            return task != Task.BINARY
                    ? Double.parseDouble(label)
                    : switch (label) {
                        case "true", "True", "TRUE" -> 1;
                        case "false", "False", "FALSE" -> 0;
                        default -> Double.parseDouble(label);
                    };
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * The likeliest class, the first of several that are equally so.
     *
     * @param scores where the classes' probabilities, {@code classes} of them, begin at index {@code at}
     * @return its index, from 0
     */
    public static int likeliest(double[] scores, int at, int classes) {
        int likeliest = 0;
        for (int c = 1; c < classes; c++) {
            likeliest = scores[at + c] > scores[at + likeliest] ? c : likeliest;
        }
        return likeliest;
    }

    /** How a label is written: the class's name if there are several, else the number, and nothing for NaN. */
    public String text(double label) {
        if (Double.isNaN(label)) {
            return "";
        }
        if (task == Task.MULTICLASS) {
            return classes.get((int) label);
        }
        return label == Math.rint(label) && Math.abs(label) < 1e15
                ? Long.toString((long) label)
                : Double.toString(label);
    }
}
