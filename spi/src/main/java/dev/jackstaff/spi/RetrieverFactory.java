package dev.jackstaff.spi;

import java.util.Set;

/// Makes the retrievers of one kind. Found by [java.util.ServiceLoader]; stateless and thread-safe.
///
/// An integration announces its factory twice, because the module path and the class path look in different places:
/// `provides` in `module-info.java`, and a line in `META-INF/services`.
public interface RetrieverFactory {

    /// What a configuration calls this kind, such as `http`. Compared as it stands.
    String kind();

    /// The configuration keys this kind knows, besides `kind`. A key that is not among them is warned about, with the
    /// nearest known one as a hint.
    Set<String> keys();

    /// Reads the settings and makes a retriever from them. Opens nothing yet: that is for [Retriever#init].
    ///
    /// @throws InvalidSettingsException with every problem there is, not only the first
    Retriever create(Settings settings) throws InvalidSettingsException;
}
