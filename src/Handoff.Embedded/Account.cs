namespace Handoff.Embedded;

/// <summary>The user that the server runs as: this process's own, unless that is root, which PostgreSQL refuses.</summary>
internal sealed record Account(string User, string Group)
{
    private static readonly Account Nobody = new("65534", "65534");

    public static readonly Account Own = new("", "");

    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public bool IsOther => this != Own;

    /// <summary>Whoever owns the server's files already, else an account without rights elsewhere.</summary>
    public static async Task<Account> For(string server, CancellationToken cancellation)
    {
        if (!IsRoot)
        {
            return Own;
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new EmbeddedException("PostgreSQL does not run as root. Start Handoff as an ordinary user.");
        }

        return Directory.Exists(server) ? await OwnerOf(server, cancellation) : Nobody;
    }

    /// <summary>Runs a program as this account.</summary>
    public Task<Outcome> Run(string program, IEnumerable<string> arguments, CancellationToken cancellation) =>
        IsOther
            ? Command.Run("setpriv", [$"--reuid={User}", $"--regid={Group}", "--clear-groups", program, .. arguments], cancellation)
            : Command.Run(program, arguments, cancellation);

    public async Task<bool> CanEnter(string folder, CancellationToken cancellation) =>
        !IsOther || (await Run("test", ["-x", folder], cancellation)).IsGood;

    public async Task TakeOver(string folder, CancellationToken cancellation)
    {
        if (!IsOther)
        {
            return;
        }

        var given = await Command.Run("chown", ["--", $"{User}:{Group}", folder], cancellation);
        if (!given.IsGood)
        {
            throw new EmbeddedException($"{folder} can't be given to user {User}, as whom PostgreSQL runs: {given.Text}");
        }
    }

    private static async Task<Account> OwnerOf(string path, CancellationToken cancellation)
    {
        var owner = (await Command.Run("stat", ["-c", "%u:%g", "--", path], cancellation)).Text.Split(':');
        return owner is [not "0" and var user, var group] ? new Account(user, group) : Nobody;
    }
}
