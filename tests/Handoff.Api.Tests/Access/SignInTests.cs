using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Handoff.Domain.Access;

namespace Handoff.Api.Tests.Access;

public sealed class SignInTests(AccessApp app) : IClassFixture<AccessApp>
{
    private const string Board = "/units/2w/board";

    [Fact]
    public async Task Nobody_sees_a_page_before_signing_in_and_the_way_back_is_kept()
    {
        using var answer = await app.Browser().GetAsync(Board + "?sort=bed");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-in?returnUrl=%2Funits%2F2w%2Fboard%3Fsort%3Dbed");
    }

    [Fact]
    public async Task Nobody_gets_data_before_signing_in()
    {
        using var answer = await app.Browser().GetAsync("/api/units/2w/board");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await AccessApp.Code(answer)).ShouldBe("sign-in-required");
    }

    [Theory]
    [InlineData("/api/forgotten")]
    [InlineData("/api/no-such-thing")]
    public async Task What_nobody_thought_of_is_closed(string path)
    {
        using var answer = await app.Browser().GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_form_sent_after_the_session_ended_leads_back_to_its_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/units/2w/checks");
        request.Headers.Referrer = new Uri(app.Url + "/units/2w/rounds");
        using var answer = await app.Browser().SendAsync(request);
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-in?returnUrl=%2Funits%2F2w%2Frounds");
    }

    [Fact]
    public async Task Whoever_signs_in_comes_back_to_where_they_were()
    {
        var browser = app.Browser();
        var person = await app.Person(Role.Nurse);
        using var answer = await AccessApp.SignIn(browser, person.UserName!, returnTo: Board);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.OriginalString.ShouldBe(Board);
        (await browser.GetStringAsync(Board)).ShouldBe($"2w for {person.Name}");
    }

    [Fact]
    public async Task The_cookie_is_unsignedof_reach_of_scripts_and_other_sites_and_ends_with_the_browser()
    {
        using var answer = await AccessApp.SignIn(app.Browser(), (await app.Person(Role.Nurse)).UserName!);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("handoff=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("expires");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("/\t/elsewhere.example/")]
    [InlineData("~//elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_never_leads_to_another_site(string place)
    {
        using var answer = await AccessApp.SignIn(app.Browser(), (await app.Person(Role.Nurse)).UserName!, returnTo: place);
        answer.Headers.Location!.OriginalString.ShouldBe("/");
        (await app.Browser().GetStringAsync("/sign-in?returnUrl=" + Uri.EscapeDataString(place))).ShouldNotContain("returnTo");
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_answer()
    {
        var person = await app.Person(Role.Nurse);
        var words = new List<string>();
        foreach (var account in new[] { person.UserName!, "nobody", "", "\0", new string('x', 10_000) })
        {
            using var answer = await app.Browser().PostAsJsonAsync("/api/sign-in", new { account, password = "wrong" });
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            problem.Remove("traceId");
            words.Add(problem.ToJsonString());
        }

        words.Distinct().ShouldHaveSingleItem().ShouldContain("sign-in-refused");
    }

    [Fact]
    public async Task A_refused_form_keeps_the_account_and_not_the_password()
    {
        using var answer = await AccessApp.SignIn(app.Browser(), "no<b>ody", "secret-that-was-typed", Board);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await answer.Content.ReadAsStringAsync();
        page.ShouldContain("value=\"no&lt;b&gt;ody\"");
        page.ShouldContain($"name=\"returnTo\" value=\"{Board}\"");
        page.ShouldContain("don&#x27;t match");
        page.ShouldNotContain("secret-that-was-typed");
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_five_minutes()
    {
        var account = (await app.Person(Role.Nurse)).UserName!;
        for (var wrong = 0; wrong < 5; wrong++)
        {
            await Try(account, "wrong");
        }

        (await Try(account, AccessApp.Password)).ShouldBe(HttpStatusCode.Unauthorized);
        app.Clock.Pass(TimeSpan.FromMinutes(5));
        (await Try(account, AccessApp.Password)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Wrong_passwords_sent_at_once_all_count()
    {
        var account = (await app.Person(Role.Nurse)).UserName!;
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Try(account, "wrong")));
        (await Try(account, AccessApp.Password)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Four_wrong_passwords_are_forgotten_with_the_right_one()
    {
        var account = (await app.Person(Role.Nurse)).UserName!;
        foreach (var password in Enumerable.Repeat("wrong", 4).Append(AccessApp.Password).Concat(Enumerable.Repeat("wrong", 4)))
        {
            await Try(account, password);
        }

        (await Try(account, AccessApp.Password)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_form_withunsignedits_token_signs_nobody_in_and_nobody_out()
    {
        var account = (await app.Person(Role.Nurse)).UserName!;
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("account", account),
            KeyValuePair.Create("password", AccessApp.Password),
        ]);
        using var forged = await app.Browser().PostAsync("/sign-in", form);
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        forged.Headers.TryGetValues("Set-Cookie", out var cookies);
        (cookies ?? []).ShouldNotContain(one => one.StartsWith("handoff=", StringComparison.Ordinal));

        var browser = await app.SignedIn(Role.Nurse);
        using var unsigned = await browser.PostAsync("/sign-out", null);
        (await AccessApp.Code(unsigned)).ShouldBe("form-expired");
        (await browser.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_unsignedends_the_session()
    {
        var browser = await app.SignedIn(Role.Nurse);
        using var answer = await AccessApp.Post(browser, "/sign-out");
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-in");
        (await browser.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Whoever_does_nothing_for_half_an_hour_is_signed_out()
    {
        var browser = await app.SignedIn(Role.Nurse);
        foreach (var expected in new[] { HttpStatusCode.OK, HttpStatusCode.OK })
        {
            app.Clock.Pass(TimeSpan.FromMinutes(29));
            (await browser.GetAsync(Board)).StatusCode.ShouldBe(expected);
        }

        app.Clock.Pass(TimeSpan.FromMinutes(31));
        (await browser.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_page_that_refreshes_itself_does_not_keep_its_absent_reader_signed_in()
    {
        var browser = await app.SignedIn(Role.Nurse);
        app.Clock.Pass(TimeSpan.FromMinutes(20));
        (await browser.GetAsync("/units/2w/cards")).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Pass(TimeSpan.FromMinutes(20));
        (await browser.GetAsync("/units/2w/cards")).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task After_twelve_hours_everybody_signs_in_again_except_a_display()
    {
        var nurse = await app.SignedIn(Role.Nurse);
        var display = await app.SignedIn(Role.Display);
        for (var passed = 0; passed < 24; passed++)
        {
            (await nurse.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.OK);
            app.Clock.Pass(TimeSpan.FromMinutes(29));
        }

        app.Clock.Pass(TimeSpan.FromMinutes(29));
        (await nurse.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await display.GetAsync("/api/units/2w/wall")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Too_many_tries_from_one_place_have_to_wait()
    {
        var small = await AccessApp.Start(null, ("Access:SignInsPerMinute", "2"));
        var account = (await small.Person(Role.Nurse)).UserName!;
        var client = small.Browser();
        var answers = new List<HttpStatusCode>();
        for (var tries = 0; tries < 3; tries++)
        {
            answers.Add((await client.PostAsJsonAsync("/api/sign-in", new { account, password = AccessApp.Password })).StatusCode);
        }

        answers.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
        using var page = await AccessApp.SignIn(client, account);
        page.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await small.Stop();
    }

    [Fact]
    public async Task A_cookie_of_one_node_is_read_by_another_on_the_same_database()
    {
        var account = (await app.Person(Role.Nurse)).UserName!;
        using var answer = await AccessApp.SignIn(app.Browser(), account);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("handoff=", StringComparison.Ordinal)).Split(';')[
            0
        ];
        var other = await AccessApp.Start(app.Database);
        other.Clock.Pass(app.Clock.GetUtcNow() - other.Clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Get, Board);
        request.Headers.Add("Cookie", cookie);
        (await other.Browser().SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await other.Stop();
    }

    private async Task<HttpStatusCode> Try(string account, string password) =>
        (await app.Browser().PostAsJsonAsync("/api/sign-in", new { account, password })).StatusCode;
}
