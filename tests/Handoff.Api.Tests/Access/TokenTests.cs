using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Handoff.Domain.Access;
using Microsoft.AspNetCore.Authentication.BearerToken;

namespace Handoff.Api.Tests.Access;

public sealed class TokenTests(AccessApp app) : IClassFixture<AccessApp>
{
    [Theory]
    [InlineData("not a token")]
    [InlineData("")]
    public async Task A_made_up_token_opens_nothing(string token)
    {
        using var answer = await Get("/api/units/2w/board", token);
        (await AccessApp.Code(answer)).ShouldBe("sign-in-required");
    }

    [Fact]
    public async Task A_phone_signs_in_and_reads_the_board()
    {
        var person = await app.Person(Role.Nurse);
        var tokens = await AccessApp.Tokens(app.Browser(), person.UserName!);
        using var answer = await Get("/api/units/2w/board", tokens.AccessToken);
        (await answer.Content.ReadFromJsonAsync<AccessApp.Seen>())!.Name.ShouldBe(person.Name);
    }

    [Fact]
    public async Task A_hub_takes_the_token_from_its_address_and_nothing_else_does()
    {
        var person = await app.Person(Role.Nurse);
        var token = Uri.EscapeDataString((await AccessApp.Tokens(app.Browser(), person.UserName!)).AccessToken);
        (await app.Browser().GetStringAsync("/hubs/board?access_token=" + token)).ShouldBe(person.Name);
        (await app.Browser().GetAsync("/api/units/2w/board?access_token=" + token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Tokens_are_renewed_until_twelve_hours_are_over()
    {
        var tokens = await AccessApp.Tokens(app.Browser(), (await app.Person(Role.Nurse)).UserName!);
        app.Clock.Pass(TimeSpan.FromMinutes(16));
        (await Get("/api/units/2w/board", tokens.AccessToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var renewed = await Refresh(tokens.RefreshToken);
        var fresh = (await renewed.Content.ReadFromJsonAsync<AccessTokenResponse>())!;
        (await Get("/api/units/2w/board", fresh.AccessToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Pass(TimeSpan.FromHours(11.8));
        (await AccessApp.Code(await Refresh(fresh.RefreshToken))).ShouldBe("sign-in-required");
    }

    [Fact]
    public async Task An_ended_account_renews_nothing_and_its_token_ends()
    {
        var person = await app.Person(Role.Nurse);
        var tokens = await AccessApp.Tokens(app.Browser(), person.UserName!);
        await app.Do(async people => await people.End((await people.Find(person.UserName!))!));
        (await Get("/api/units/2w/board", tokens.AccessToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Refresh(tokens.RefreshToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("garbage", "sign-in-required")]
    [InlineData(null, "refresh-token-missing")]
    public async Task A_made_up_refresh_token_renews_nothing(string? token, string code) =>
        (await AccessApp.Code(await Refresh(token))).ShouldBe(code);

    [Fact]
    public async Task An_access_token_is_no_refresh_token() =>
        (await Refresh((await AccessApp.Tokens(app.Browser(), (await app.Person(Role.Nurse)).UserName!)).AccessToken)).StatusCode.ShouldBe(
            HttpStatusCode.Unauthorized
        );

    private Task<HttpResponseMessage> Refresh(string? refreshToken) => app.Browser().PostAsJsonAsync("/api/refresh", new { refreshToken });

    private async Task<HttpResponseMessage> Get(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await app.Browser().SendAsync(request);
    }
}
