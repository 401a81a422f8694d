using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>Reads <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiKeys keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Header = "X-Api-Key";

    private const int Longest = 500;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var key = Request.Headers[Header].ToString();
        return IsPlausible(key) && await keys.Find(key, Context.RequestAborted) is { } id
            ? AuthenticateResult.Success(new AuthenticationTicket(Principal.OfKey(id, TimeProvider.GetUtcNow()), Scheme.Name))
            : AuthenticateResult.Fail("The key is not known.");
    }

    private static bool IsPlausible(string key) => key.Length is > 0 and <= Longest && key.All(c => c is > ' ' and <= '~');
}
