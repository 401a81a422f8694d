using Handoff.Domain.Groups;

namespace Handoff.Domain.Tests.Groups;

public class SamenessTests
{
    private const string Text = "She listened quietly, named one trigger and said that she will try to walk when angry.";

    [Theory]
    [InlineData(Text, Text, 1.0)]
    [InlineData(Text, "HE LISTENED QUIETLY; named one trigger – and said that he will try to walk when angry", 1.0)]
    [InlineData("one two three four five six seven eight nine ten", "one two three four five six seven eight nine zehn", 0.9)]
    [InlineData("one two three four five six seven eight nine ten", "one two three four five six seven eight neun zehn", 0.8)]
    [InlineData("one two three four five six seven eight nine", "one two three four five six seven eight nine ten", 0.9)]
    [InlineData("a b c", "x y z", 0.0)]
    [InlineData("", "", 0.0)]
    [InlineData(null, Text, 0.0)]
    [InlineData("…", "…", 0.0)]
    [InlineData("Говорила мало", "говорила МАЛО!", 1.0)]
    public void Sameness_is_the_share_of_words_that_need_no_change(string? one, string? other, double same)
    {
        Sameness.Compare(one, other).ShouldBe(same, 0.0001);
        Sameness.Compare(other, one).ShouldBe(same, 0.0001);
    }

    [Fact]
    public void Pairs_from_90_percent_on_are_said_the_most_alike_first()
    {
        Guid[] members = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())];
        const string nine = "one two three four five six seven eight nine ten";
        var said = Sameness.Among([
            (members[0], nine),
            (members[1], "something else altogether"),
            (members[2], nine.Replace("ten", "zehn")),
            (members[3], nine.ToUpperInvariant()),
        ]);
        said.Select(s => (s.Stay, s.Other)).ShouldBe([(members[0], members[3]), (members[0], members[2]), (members[2], members[3])]);
        said.Select(s => s.Of).ShouldBe([1, 0.9, 0.9], 0.0001);
    }

    [Fact]
    public void Members_without_words_are_like_nobody() =>
        Sameness.Among([(Guid.NewGuid(), null), (Guid.NewGuid(), null), (Guid.NewGuid(), " ")]).ShouldBeEmpty();
}
