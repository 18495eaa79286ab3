package io.tributary.core.spec;

import io.tributary.core.spec.MemberSpec.Input;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code input}: the type and shape of the one array that a model reads. */
final class InputReader {

    private static final List<String> TYPES = List.of("float32", "int64");

    private InputReader() {}

    /**
     * The input of a member.
     *
     * @param section the member
     * @param shapeable whether members of its kind read an array that can have another type or shape
     * @param columns how many columns it reads
     */
    static Input read(Section section, boolean shapeable, int columns) {
        if (!section.has("input")) {
            return Input.ROWS;
        }
        if (!shapeable) {
            section.problem("input", "goes with onnx and torchscript only; remove it");
        }
        Section input = section.section("input");
        boolean whole = input.choice("type", "float32", TYPES).equals("int64");
        List<Integer> shape = shape(input, columns);
        input.rejectUnknownKeys();
        return new Input(whole, shape);
    }

    private static List<Integer> shape(Section input, int columns) {
        List<Integer> shape = new ArrayList<>();
        List<String> given = input.strings("shape");
        if (input.isEmptyList("shape")) {
            input.problem("shape", "is empty, must list the lengths of a row's dimensions");
        }
        long values = 1;
        for (String text : given) {
            try {
                shape.add(Integer.parseInt(text));
            } catch (NumberFormatException e) {
                shape.add(0);
            }
            values *= Math.max(0, shape.get(shape.size() - 1));
        }
        if (!shape.isEmpty() && values != columns) {
            input.badValue(
                    "shape",
                    given.toString(),
                    "must be whole numbers that multiply to " + columns + ", the columns that the member reads");
        }
        return shape;
    }
}
