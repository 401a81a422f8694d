using Npgsql;

namespace Handoff.Embedded;

/// <summary>One cluster and the server on it: made, started, found again, stopped.</summary>
internal sealed class Server(ClusterFolder folder, Binaries binaries, EmbeddedOptions options)
{
    private const string Superuser = "postgres";
    private const int Attempts = 8;

    // What the server says when another start may go well: the port was taken, or the processes of a killed server are still ending.
    private static readonly string[] Passing =
    [
        "could not bind",
        "could not create any TCP/IP sockets",
        "shared memory block",
        "lock file",
    ];

    private Account Account => folder.Account;

    /// <summary>A connection string for the superuser.</summary>
    public string ConnectionString(int port) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = Superuser,
            Password = folder.Password,
            Database = "postgres",
        }.ConnectionString;

    /// <summary>Makes the cluster if there is none, and refuses one that these binaries can't open.</summary>
    public async Task Prepare(CancellationToken cancellation)
    {
        await folder.Prepare(cancellation);
        if (!Directory.Exists(folder.Cluster))
        {
            await Initialise(cancellation);
        }
        else
        {
            await Check(cancellation);
        }
    }

    /// <summary>The server that answers on this cluster: one that runs already, or a new one; on this port, if one is asked for.</summary>
    public async Task<Postmaster> Up(int? port, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(100))
        {
            var running = await Postmaster.Find(folder.Cluster, Account, cancellation);
            if (running is null)
            {
                await Launch(port, cancellation);
            }
            else if (await Answers(running, cancellation))
            {
                return running;
            }
            else if (waited > options.Patience)
            {
                throw Silent(running);
            }

            await Task.Delay(running is null ? 0 : 100, cancellation);
        }
    }

    /// <summary>Stops the server fast: open transactions are rolled back, everything committed is kept.</summary>
    public async Task Stop()
    {
        if (!(await Control("stop", "-m", "fast", "-w", "-t", "60")).IsGood)
        {
            await Control("stop", "-m", "immediate", "-w", "-t", "20");
        }
    }

    // A first start that is cut off leaves only a draft: the cluster gets its name when it is whole.
    private async Task Initialise(CancellationToken cancellation)
    {
        options.Log.LogInformation("Making a PostgreSQL cluster in {Folder}", folder.Path);
        var draft = folder.Draft();
        Disk.Folder(draft);
        await Account.TakeOver(draft, cancellation);
        var secret = Path.Combine(draft, "password");
        Disk.Keep(secret, folder.NewPassword(), Disk.Plain); // Readable inside server/, which only the server's user may enter.
        var cluster = Path.Combine(draft, "data");
        var made = await Account.Run(
            binaries.Tool("initdb"),
            [
                "-D",
                cluster,
                "-U",
                Superuser,
                $"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
            ],
            cancellation
        );
        if (!made.IsGood)
        {
            throw new EmbeddedException($"PostgreSQL's initdb failed in {draft}:\n{made.Text}");
        }

        await File.AppendAllTextAsync(Path.Combine(cluster, "postgresql.conf"), "include_if_exists = 'handoff.conf'\n", cancellation);
        Directory.Move(cluster, folder.Cluster);
        Directory.Delete(draft, recursive: true);
    }

    private async Task Check(CancellationToken cancellation)
    {
        var version = Path.Combine(folder.Cluster, "PG_VERSION");
        if (!File.Exists(version) || !File.Exists(Path.Combine(folder.Cluster, "global", "pg_control")))
        {
            throw new EmbeddedException(
                $"{folder.Cluster} is not a whole PostgreSQL cluster. Restore it from a backup, or move {folder.Path} away to "
                    + "begin with an empty one."
            );
        }

        var made = (await File.ReadAllTextAsync(version, cancellation)).Trim();
        var here = await binaries.Major(Account, cancellation);
        if (made != here.ToString())
        {
            throw new EmbeddedException(
                $"{folder.Path} was made by PostgreSQL {made}, and these binaries are PostgreSQL {here}. Export with the "
                    + "version of Handoff that made it and import here, or move the folder away to begin with an empty one."
            );
        }

        if (!File.Exists(Path.Combine(folder.Path, "password")))
        {
            throw new EmbeddedException(
                $"{folder.Path} holds a cluster but its password file is gone. Restore {Path.Combine(folder.Path, "password")}, "
                    + "or move the folder away to begin with an empty one."
            );
        }
    }

    private async Task Launch(int? port, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var logged = folder.LogEnd();
            folder.Configure(port ?? folder.FreePort(attempt), options.Settings);
            var begun = await Account.Run(
                binaries.Tool("pg_ctl"),
                ["start", "-s", "-w", "-t", "600", "-D", folder.Cluster, "-l", folder.Log],
                cancellation
            );
            if (begun.IsGood)
            {
                return;
            }

            var said = folder.LogSince(logged);
            if (attempt == Attempts || !Passing.Any(said.Contains))
            {
                throw new EmbeddedException($"PostgreSQL did not start. {begun.Text}\nThe end of {folder.Log}:\n{said}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), cancellation);
        }
    }

    private async Task<bool> Answers(Postmaster running, CancellationToken cancellation)
    {
        try
        {
            var once = new NpgsqlConnectionStringBuilder(ConnectionString(running.Port)) { Pooling = false, Timeout = 5 };
            await using var connection = new NpgsqlConnection(once.ConnectionString);
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (PostgresException reason) when (reason.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new EmbeddedException(
                $"The running server of {folder.Path} does not know the password in {Path.Combine(folder.Path, "password")}. "
                    + "Restore that file.",
                reason
            );
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private EmbeddedException Silent(Postmaster running) =>
        new(
            $"PostgreSQL (process {running.Id}) runs on {folder.Path} and does not answer on port {running.Port}.\nThe end of "
                + $"{folder.Log}:\n{folder.LogSince(0)}"
        );

    private Task<Outcome> Control(string verb, params string[] arguments) =>
        Account.Run(binaries.Tool("pg_ctl"), [verb, "-s", "-D", folder.Cluster, .. arguments], CancellationToken.None);
}
