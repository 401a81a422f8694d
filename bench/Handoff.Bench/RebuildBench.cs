namespace Handoff.Bench;

internal static class RebuildBench
{
    public static Task Run(Table table)
    {
        _ = table;
        return Task.CompletedTask;
    }
}
