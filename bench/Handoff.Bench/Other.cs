namespace Handoff.Bench;
internal sealed class BoardBench(TimeSpan each) { public Task Run(Table t) { _ = each; return Task.CompletedTask; } }
internal sealed class PushBench(TimeSpan each) { public Task Run(Table t) { _ = each; return Task.CompletedTask; } }
internal static class RebuildBench { public static Task Run(Table t) => Task.CompletedTask; }
