using System.Text;
using System.Text.Json;
using Handoff.Api.Store;

namespace Handoff.Api.Tests.Store;

public sealed class CanonicalTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.New();

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Theory]
    [InlineData("""{"b":1,"a":2,"aa":{"z":null,"y":[true,false,"x"]}}""")]
    [InlineData("""{"n":[1e2,100,100.0,-0,-0.0,0.10,1E-7,5e-324,1.7976931348623157E+308,0.1,123456789012345678901234567890.5,-2.50E-3]}""")]
    [InlineData("""{"t":"\u00e9\u00E9é \u2028 \ud83d\ude00 😀 \/ \" \\ \t \u007f שלום ﷽ 𝔘"}""")]
    [InlineData("""{"ключ":"\u041f","e\u0301":"composed or not","":[]}""")]
    [InlineData("""{"o":{},"a":[],"deep":[[[[[[{"x":[{}]}]]]]]]}""")]
    public async Task What_comes_back_from_the_database_means_what_was_sent(string json)
    {
        var back = await store.One<byte[]>("select $1::jsonb", json);
        Canonical.Difference(Encoding.UTF8.GetBytes(json), back).ShouldBeNull();
        Content(Encoding.UTF8.GetString(back)).ShouldBe(Content(json));
    }

    [Fact]
    public async Task Any_text_and_number_comes_back_as_it_was_sent()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Letter(random)));
            var number = BitConverter.Int64BitsToDouble(random.NextInt64());
            var sent = JsonSerializer.Serialize(
                new
                {
                    text,
                    number = double.IsFinite(number) ? number : 0,
                    small = random.NextDouble(),
                }
            );
            var back = await store.One<string>("select $1::jsonb::text", sent);
            Content(back).ShouldBe(Content(sent), sent);
        }
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":10}""", """{"a":1}""")]
    [InlineData("""{"a":0.1}""", """{"a":0.10000000000000000000000000000000001}""")]
    [InlineData("""{"a":null}""", """{}""")]
    [InlineData("""{"a":["b","c"]}""", """{"a":["bc"]}""")]
    [InlineData("""{"a":{"b":1},"c":2}""", """{"a":{"b":1,"c":2}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""")]
    [InlineData("""{"a":true}""", """{"a":false}""")]
    public void Other_content_has_another_hash(string one, string other)
    {
        Content(one).ShouldNotBe(Content(other));
        Canonical.Difference(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other)).ShouldNotBeNull();
    }

    // What was recorded years ago is proven by these bytes.
    [Theory]
    [InlineData(
        """{"b":1,"a":2,"aa":{"z":null,"y":[true,false,"x"]},"n":[1e2,-0.10,5e-324],"t":"\u00e9é \ud83d\ude00 \/ \" שלום"}""",
        "5d417bc3a48e99528f17e84b265ae514b87e9e7bcb43d867313397c3a8e6c46d"
    )]
    [InlineData(
        """{"ключ":"\u041f","e\u0301":"x","":[],"é":1,"zz":2,"\u0061b":3,"a😀":4,"abcd":5}""",
        "9697ffedaece1578e4c54b6acea96ea1bc8d322be2ef29fdedb6b5e15028744f"
    )]
    public void The_hash_of_some_content_never_changes(string json, string hash) => Convert.ToHexStringLower(Content(json)).ShouldBe(hash);

    [Fact]
    public void A_difference_names_properties_and_no_value_or_key_of_a_dictionary() =>
        Canonical
            .Difference("""{"beds":{"Chen, Luis":[1,2]}}"""u8.ToArray(), """{"beds":{"Chen, Luis":[1,3]}}"""u8.ToArray())
            .ShouldBe(".beds.*[1]");

    private static byte[] Content(string data) =>
        Canonical.Content(Guid.Empty, "s", 1, "t", Encoding.UTF8.GetBytes(data), """{"hash":"any","of":1}"""u8.ToArray(), "u", null, null);

    private static string Letter(Random random)
    {
        var rune = random.Next(1, 0x2FFFF);
        return rune is >= 0xD800 and <= 0xDFFF ? "-" : char.ConvertFromUtf32(rune);
    }
}
