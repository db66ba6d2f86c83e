package dev.jackstaff.engine.flag;

import dev.jackstaff.engine.document.Problem;
import java.util.List;

/// What comes of reading a flag file: the file, or the reasons why there is none.
public sealed interface Reading permits FlagFile, Reading.Unreadable {
    /// What is wrong or looks wrong, in file order. Of more than a thousand errors or warnings the first thousand, and how
    /// many more there are.
    List<Problem> problems();

    /// The text is malformed, or fields have the wrong type: every such problem. As in GO Feature
    /// Flag this refuses the whole file; what was served before stays.
    ///
    /// @param sound the flags that have no error here, for tools that look for more that is wrong; never to be served.
    ///              None when the text is malformed. Its own list of problems is empty
    record Unreadable(List<Problem> problems, FlagFile sound) implements Reading {
        public Unreadable {
            problems = List.copyOf(problems);
        }
    }
}
