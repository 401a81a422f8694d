using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Handoff.Api.Tests.Support;

/// <summary>An HTTP answer, read.</summary>
public sealed record Said(int Status, string? Type, string Text, HttpResponseMessage Response)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? Code => this["code"];

    public string? Field => this["field"];

    public string? this[string name] =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A refusal as every refusal must be.</summary>
    public Said ShouldBeProblem(int status, string code, string? field = null)
    {
        (Status, Code, Field).ShouldBe((status, code, field), Text);
        Type.ShouldBe("application/problem+json");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        this["title"].ShouldNotBeNullOrWhiteSpace();
        return this;
    }

    public Said ShouldBeOk()
    {
        Status.ShouldBe(200, Text);
        return this;
    }
}

public static class Calls
{
    public static async Task<Said> Get(this HttpClient client, string path) => await (await client.GetAsync(path)).Read();

    public static Task<Said> Post(this HttpClient client, string path, object body, params (string Name, string Value)[] headers) =>
        client.Send(path, JsonContent.Create(body), headers);

    public static Task<Said> PostText(this HttpClient client, string path, string json) =>
        client.Send(path, new StringContent(json, Encoding.UTF8, "application/json"));

    public static async Task<Said> Send(
        this HttpClient client,
        string path,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await (await client.SendAsync(request)).Read();
    }

    public static async Task<Said> Read(this HttpResponseMessage response) =>
        new(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsStringAsync(),
            response
        );

    public static List<JsonElement> Cards(this JsonElement board) => [.. board.GetProperty("cards").EnumerateArray()];

    public static Guid Stay(this JsonElement card) => card.GetProperty("stay").GetGuid();

    public static JsonElement? CardOf(this JsonElement board, Guid stay) =>
        board.Cards().Where(card => card.Stay() == stay).Cast<JsonElement?>().FirstOrDefault();
}
