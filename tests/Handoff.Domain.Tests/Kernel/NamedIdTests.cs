using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tests.Kernel;

public class NamedIdTests
{
    [Fact]
    public void An_id_is_the_same_on_every_machine_and_for_ever() =>
        NamedId.From("2-west", "V1").ShouldBe(new Guid("7414ea9c-e4fb-8322-83c6-cf2119c0a498"));

    [Fact]
    public void Parts_do_not_run_into_each_other() =>
        new[]
        {
            NamedId.From("ab", "c"),
            NamedId.From("a", "bc"),
            NamedId.From("abc"),
            NamedId.From("abc", ""),
            NamedId.From("", "abc"),
            NamedId.From(),
        }.ShouldBeUnique();

    [Fact]
    public void An_id_says_that_it_is_of_version_8() => NamedId.From("x").Version.ShouldBe(8);

    [Theory]
    [InlineData("rounding-0191e4a0-0000-7000-8000-000000000001", "rounding", "0191e4a0-0000-7000-8000-000000000001")]
    [InlineData("unit-2-west", "unit", "2-west")]
    public void A_stream_is_told_apart_at_its_first_hyphen(string stream, string kind, string key)
    {
        StreamId.Kind(stream).ShouldBe(kind);
        StreamId.Key(stream).ShouldBe(key);
        StreamId.For(kind, key).ShouldBe(stream);
    }
}
