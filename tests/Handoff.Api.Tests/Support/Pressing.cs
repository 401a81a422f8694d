using System.Net;
using System.Text.RegularExpressions;

namespace Handoff.Api.Tests.Support;

/// <summary>
/// Forms sent as a browser without scripts sends them: with the account's cookie and the token of a page that it has opened.
/// </summary>
public static partial class Pressing
{
    /// <param name="account">A demo account, such as <c>manager</c>.</param>
    /// <param name="page">The page that the form is on.</param>
    public static async Task<Said> Press(
        this App app,
        string account,
        string page,
        string action,
        params (string Name, string Value)[] fields
    )
    {
        using var browser = app.Anonymous();
        browser.DefaultRequestHeaders.Add("Cookie", await app.Cookie(account));
        using var opened = await browser.GetAsync(page);
        browser.DefaultRequestHeaders.Add(
            "Cookie",
            opened.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(cookie => cookie.Split(';')[0]) : []
        );
        var token = Token().Match(await opened.Content.ReadAsStringAsync()).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            KeyValuePair.Create("__RequestVerificationToken", token),
            .. fields.Any(field => field.Name == "request")
                ? (KeyValuePair<string, string>[])[]
                : [KeyValuePair.Create("request", Guid.CreateVersion7().ToString())],
        ]);
        return await (await browser.PostAsync(action, form)).Read();
    }

    /// <summary>Where a form's answer leads; null if it leads nowhere.</summary>
    public static string? LeadsTo(this Said said) => said.Response.Headers.Location?.ToString();

    /// <summary>The words of the error at a field of a page; null if there is none.</summary>
    public static string? ErrorAt(this Said said, string field) =>
        Error().Matches(said.Text).FirstOrDefault(error => error.Groups["field"].Value == field) is { } found
            ? WebUtility
                .HtmlDecode(
                    string.Concat(
                        found.Groups["words"].Value.Split('<').Select(part => part[(part.IndexOf('>', StringComparison.Ordinal) + 1)..])
                    )
                )
                .Trim()
            : null;

    [GeneratedRegex("id=\"(?<field>[A-Za-z0-9-]+)-error\">(?<words>.*?)</p>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex Error();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
