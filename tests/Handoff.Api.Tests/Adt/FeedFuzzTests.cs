using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;
using Handoff.Domain.Feeds;

namespace Handoff.Api.Tests.Adt;

/// <summary>Broken messages in the middle of good ones: each is applied or held, and nothing is lost between the two.</summary>
public class FeedFuzzTests
{
    private static readonly string[] Triggers = ["A01", "A02", "A03", "A08", "A11", "A12", "A13", "A21", "A22"];

    private static readonly string[] Splices =
    [
        "|",
        "^",
        "~",
        "\\",
        "&",
        "\r",
        "\0",
        "\"\"",
        "PID|",
        "\rPV1|",
        "\\X00\\",
        "\\XED\\",
        "\ud83d",
        "🙂",
        "\u202e",
        "\ufffe",
        "9999",
        "MSH|",
        "2024",
        "2-WEST^",
        "٠",
        "'",
        "\\X1C0D\\",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_message_is_answered_and_applied_or_held(int seed)
    {
        await using var ward = await FeedWard.Open();
        var random = new Random(seed);
        var messages = Enumerable.Range(0, 150).Select(_ => Mutated(random)).ToList();
        var answers = new List<byte[]>();
        foreach (var message in messages)
        {
            answers.Add(await ward.Receive(message));
        }

        answers.ShouldAllBe(answer => Hl7Message.Read(answer).Fault == null);

        var kept = await ward.Messages();
        kept.Select(message => message.Standing)
            .Distinct()
            .ShouldBeSubsetOf([MessageStanding.Applied, MessageStanding.Held, MessageStanding.Released, MessageStanding.Passed]);
        kept.Count.ShouldBe(messages.Select(Convert.ToBase64String).Distinct().Count());
        kept.Where(message => message.Raw is not null)
            .Select(message => message.Raw!)
            .ShouldBeSubsetOf(messages.Select(Convert.ToBase64String));

        foreach (var (message, answer) in messages.Zip(answers))
        {
            (await ward.Receive(message)).ShouldBe(answer);
        }

        (await ward.Messages()).Count.ShouldBe(kept.Count);
        await ward.ShouldRefold();
        foreach (var held in await ward.Quarantined())
        {
            (await ward.Quarantine.Open(FeedWard.Nurse, Guid.Parse(held.Id), default)).ShouldNotBeNull();
        }
    }

    private static byte[] Mutated(Random random)
    {
        var text = new Tell(Triggers[random.Next(Triggers.Length)], $"{random.Next(6, 12):00}:{random.Next(60):00}")
        {
            Mrn = $"{random.Next(4)}",
            Visit = random.Next(3) == 0 ? "" : $"V{random.Next(6)}",
            Place = random.Next(8) == 0 ? "none" : $"{(random.Next(2) == 0 ? "2-WEST" : "cedar")}^{random.Next(201, 204)}^A",
            Charset = random.Next(4) == 0 ? "8859/1" : "UNICODE UTF-8",
        }.ToString();
        for (var times = random.Next(4); times > 0; times--)
        {
            var at = random.Next(text.Length);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at)),
                1 => text[..at],
                _ => text.Insert(at, Splices[random.Next(Splices.Length)]),
            };
            text += " ";
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        if (random.Next(3) == 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }
}
