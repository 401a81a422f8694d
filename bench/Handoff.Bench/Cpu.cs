using System.Diagnostics;

namespace Handoff.Bench;

/// <summary>Processor time, which a busy machine can't distort as it does elapsed time.</summary>
internal static class Cpu
{
    public static TimeSpan Own
    {
        get
        {
            using var self = Process.GetCurrentProcess();
            return self.TotalProcessorTime;
        }
    }

    /// <summary>Of a server and its children, also those that have ended; read from /proc, zero elsewhere.</summary>
    public static TimeSpan UsedBy(int server)
    {
        var ticks = 0L;
        foreach (
            var folder in Directory.Exists("/proc/self")
                ? Directory.EnumerateDirectories("/proc").Where(d => int.TryParse(Path.GetFileName(d), out _))
                : []
        )
        {
            try
            {
                var fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ');
                if (Path.GetFileName(folder) == $"{server}")
                {
                    ticks += fields[11..15].Sum(long.Parse);
                }
                else if (fields[1] == $"{server}")
                {
                    ticks += fields[11..13].Sum(long.Parse);
                }
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return TimeSpan.FromMilliseconds(ticks * 10);
    }
}
