namespace Handoff.Embedded;

/// <summary>
/// What the embedded server is told beyond PostgreSQL's own defaults. Writes stay durable: fsync and synchronous commit are on.
/// </summary>
internal static class ServerSettings
{
    private static readonly Dictionary<string, string> Usual = new()
    {
        ["cluster_name"] = "handoff",
        ["listen_addresses"] = "127.0.0.1",
        ["unix_socket_directories"] = "",
        ["max_connections"] = "200",
        ["shared_buffers"] = "256MB",
        ["fsync"] = "on",
        ["synchronous_commit"] = "on",
        ["max_wal_size"] = "2GB",
        ["checkpoint_timeout"] = "15min",
        ["jit"] = "off",
        ["timezone"] = "UTC",
        ["log_timezone"] = "UTC",
        ["log_checkpoints"] = "off",
        // A failed statement's text and values may name a patient, so the log tells of the server and never of statements.
        ["log_min_messages"] = "log",
        ["log_min_error_statement"] = "panic",
        ["log_error_verbosity"] = "terse",
    };

    /// <summary>The settings as a configuration file.</summary>
    public static string File(int port, IReadOnlyDictionary<string, string> more) =>
        string.Concat(
            Usual
                .Concat(more)
                .Append(new("port", port.ToString()))
                .Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'\n")
        );
}
