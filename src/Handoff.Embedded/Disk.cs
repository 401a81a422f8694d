namespace Handoff.Embedded;

/// <summary>Folders and files whose rights do not depend on the umask.</summary>
internal static class Disk
{
    /// <summary>Rights of a file that its owner alone reads.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Rights of a file that everyone may read.</summary>
    public const UnixFileMode Plain = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Rights of a folder that others may pass through and not list.</summary>
    public const UnixFileMode Passable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder and those above it that are missing; one that exists keeps its rights.</summary>
    public static void Folder(string path, UnixFileMode rights = Passable)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { } above)
        {
            Folder(above);
        }

        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, rights);
        }
    }

    /// <summary>Writes a file whole or not at all, and durably.</summary>
    public static void Keep(string path, string text, UnixFileMode rights)
    {
        var draft = $"{path}.{Path.GetRandomFileName()}";
        using (var file = new FileStream(draft, Creating(rights)))
        {
            Fill(file, text);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static FileStreamOptions Creating(UnixFileMode rights)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = rights;
        }

        return options;
    }

    private static void Fill(FileStream file, string text)
    {
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
