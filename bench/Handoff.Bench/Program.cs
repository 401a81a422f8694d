using Handoff.Bench;

// dotnet run -c Release --project bench/Handoff.Bench --
//   [append] [board] [push] [eye] [rebuild] [timeline] [draft] [reactions] [--seconds 4] [--events 100000] [--json results.json]
var seconds = Option("--seconds") is { } given ? int.Parse(given) : 4;
var benches = new (string Name, Func<Table, Task> Run)[]
{
    ("append", table => new AppendBench(TimeSpan.FromSeconds(seconds)).Run(table)),
    ("board", table => new BoardBench(TimeSpan.FromSeconds(seconds)).Run(table)),
    ("push", table => new PushBench(TimeSpan.FromSeconds(Math.Max(10, seconds))).Run(table)),
    ("eye", table => new EyeBench(TimeSpan.FromSeconds(Math.Max(10, seconds))).Run(table)),
    ("rebuild", table => RebuildBench.Run(table)),
    ("timeline", TimelineBench.Run),
    ("draft", DraftBench.Run),
    ("reactions", table => new ReactionBench(Option("--events") is { } most ? int.Parse(most) : 100_000).Run(table)),
};
var named = benches.Where(b => args.Contains(b.Name)).ToList();
var table = new Table();
foreach (var bench in named.Count > 0 ? named : [.. benches])
{
    await bench.Run(table);
}

if (Option("--json") is { } file)
{
    await File.WriteAllTextAsync(file, table.Json());
}

return 0;

string? Option(string name) =>
    args.Index().Where(a => a.Item == name && a.Index + 1 < args.Length).Select(a => args[a.Index + 1]).FirstOrDefault();
