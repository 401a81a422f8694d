using System.Diagnostics;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

/// <summary>A node in a process of its own that a test may kill while it writes: this assembly, entered by its startup hook.</summary>
public sealed class OtherNode : IDisposable
{
    public const string Order = "HANDOFF_TEST_NODE";

    private const int Writers = 24;
    private const int Most = 100_000;

    private readonly Process process;

    private OtherNode(Process process) => this.process = process;

    public static OtherNode Begin(string connectionString, int life) =>
        new(
            Process.Start(
                new ProcessStartInfo("dotnet", [typeof(OtherNode).Assembly.Location])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    Environment =
                    {
                        ["DOTNET_STARTUP_HOOKS"] = typeof(OtherNode).Assembly.Location,
                        [Order] = $"{life} {connectionString}",
                    },
                }
            )!
        );

    /// <summary>
    /// The request of a number that a node sends in one of its lives: two events each, so that half of one would be seen.
    /// </summary>
    public static CommandEnvelope Request(int life, int number) =>
        new(new CountTwice(1) { Key = $"s{number % 11}" }, StoreFixture.Nurse, NamedId.From("other-node", $"{life}", $"{number}"));

    /// <summary>How many requests it may have sent if it was answered up to this one.</summary>
    public static int MayHaveSent(int answered) => answered + Writers + 1;

    /// <summary>What the other process does: send one request after another, and say each answer as soon as it has it.</summary>
    public static async Task Write(string order)
    {
        var (life, connectionString) = (int.Parse(order.Split(' ', 2)[0]), order.Split(' ', 2)[1]);
        await using var node = new Node(connectionString, TimeProvider.System);
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (Interlocked.Increment(ref next) is var number && number < Most)
                        {
                            var answer = await node.Log.Send(StoreFixture.Facility, Request(life, number));
                            await Console.Out.WriteLineAsync($"{number} {answer.Version} {answer.Position};");
                        }
                    })
                )
        );
    }

    /// <summary>Kills it when it has answered so many, and returns all that it was heard to answer, by number.</summary>
    public async Task<Dictionary<int, (long Version, long Position)>> KilledAfter(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var answered = new Dictionary<int, (long, long)>();
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            // Its last words may be cut.
            if (line is [.., ';'] && line[..^1].Split(' ') is [var number, var version, var position])
            {
                answered.Add(int.Parse(number), (long.Parse(version), long.Parse(position)));
            }

            if (answered.Count == count)
            {
                process.Kill();
            }
        }

        return answered;
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
