package dev.jackstaff.engine.query;

/// What compiling a rules expression goes by.
final class RulesCompiler {
    private final PreparedText prepared;
    private final Attributes attributes;
    private final boolean carriesOver;

    /// @param carriesOver whether lookups leave something behind for the next ones (E-D5)
    RulesCompiler(PreparedText prepared, Attributes attributes, boolean carriesOver) {
        this.prepared = prepared;
        this.attributes = attributes;
        this.carriesOver = carriesOver;
    }

    Operand operand(Syntax.Path path) {
        return carriesOver ? new Operand.Carrying(attributes, path.names()) : attributes.operand(path.names());
    }

    String written(int start, int end) {
        return prepared.text.substring(start, end);
    }
}
