using System.Text.Json;

namespace Handoff.Bench;

/// <summary>What was measured, printed as it comes and kept as JSON.</summary>
internal sealed class Table
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly List<Dictionary<string, object>> rows = [];

    public static void Title(string title) => Console.WriteLine($"\n{title}");

    public void Row(string bench, string what, params (string Name, object Value)[] figures)
    {
        rows.Add(figures.Prepend(("what", what)).Prepend(("bench", (object)bench)).ToDictionary(f => f.Item1, f => f.Item2));
        Console.WriteLine($"  {what, -38} {string.Join("  ", figures.Select(f => $"{f.Name} {Words(f.Value), 10}"))}");
    }

    public string Json() =>
        JsonSerializer.Serialize(
            new { machine = new { cores = Environment.ProcessorCount, runtime = Environment.Version.ToString() }, rows },
            Indented
        );

    private static string Words(object value) =>
        value switch
        {
            double d when Math.Abs(d) >= 1000 => d.ToString("N0"),
            double d => d.ToString("0.00"),
            _ => value.ToString() ?? "",
        };
}

/// <summary>Times in milliseconds, and what can be said of them.</summary>
internal sealed class Times
{
    private readonly List<double> all = [];

    public int Count => all.Count;

    public void Add(TimeSpan time) => all.Add(time.TotalMilliseconds);

    public void Add(Times others) => all.AddRange(others.all);

    public double At(double share)
    {
        all.Sort();
        return all.Count == 0 ? double.NaN : all[Math.Min(all.Count - 1, (int)(all.Count * share))];
    }
}
