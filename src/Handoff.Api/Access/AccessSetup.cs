using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Access;

/// <summary>
/// Access in three lines: <c>services.AddAccess(configuration)</c>, <c>app.MapAccess()</c>, and a registered <see cref="Scopes"/>.
/// Needs an <see cref="NpgsqlDataSource"/> that works as the role <c>handoff_app</c> (<see cref="Store.Schema.Open(string)"/>).
/// </summary>
public static class AccessSetup
{
    /// <summary>How many times a stolen password's hash must be computed per guess (OWASP, PBKDF2 with SHA-512).</summary>
    private const int HashRounds = 210_000;

    private const int ShortestPassword = 12;

    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<AccessOptions>(configuration.GetSection("Access"));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SignInClock(provider.GetRequiredService<TimeProvider>()));
        services
            .AddSingleton<AccountStatuses>()
            .AddSingleton<Callers>()
            .AddSingleton<ApiKeys>()
            .AddSingleton<AccessLog>()
            .AddSingleton<StaffReader>()
            .AddSingleton<SignInLimits>();
        services.AddScoped<People>().AddScoped<DemoPeople>().AddScoped<SignIns>().AddScoped<SignInSessions>().AddScoped<SignInPages>();
        services.AddRazorComponents();
        services.AddAccounts();
        services.AddSchemes();
        services.AddPermissions();
        services.AddSharedKeys();
        return services;
    }

    /// <summary>Sign-in page, tokens, and who looked at a stay.</summary>
    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapTokens();
        routes.MapStaff();
        routes.MapAccessReport();
        return routes;
    }

    private static void AddAccounts(this IServiceCollection services)
    {
        services.AddDbContext<AccessContext>(
            (provider, options) =>
                options
                    .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
                    .ConfigureWarnings(log => log.Log((RelationalEventId.CommandExecuted, LogLevel.Debug)))
        );
        services.AddScoped<IUserStore<Person>, UserOnlyStore<Person, AccessContext, Guid>>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashRounds);
        services.AddIdentityCore<Person>(options =>
        {
            // Length is what makes a password strong; rules about its characters make it written down (NIST SP 800-63B).
            options.Password.RequiredLength = ShortestPassword;
            options.Password.RequireDigit = options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
        });
    }

    private static void AddSchemes(this IServiceCollection services)
    {
        services
            .AddAuthentication(Schemes.Any)
            .AddPolicyScheme(Schemes.Any, null, options => options.ForwardDefaultSelector = Schemes.ForRequest)
            .AddCookie(Schemes.Cookie)
            .AddBearerToken(Schemes.Token)
            .AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, ApiKeyAuthentication>(Schemes.Key, null);
        services
            .AddOptions<CookieAuthenticationOptions>(Schemes.Cookie)
            .Configure<IOptions<AccessOptions>>(SetCookie)
            .Configure<SignInClock>((cookie, clock) => cookie.TimeProvider = clock.Time);
        services
            .AddOptions<BearerTokenOptions>(Schemes.Token)
            .Configure<IOptions<AccessOptions>>(SetToken)
            .Configure<SignInClock>((token, clock) => token.TimeProvider = clock.Time);
    }

    private static void SetCookie(CookieAuthenticationOptions cookie, IOptions<AccessOptions> access)
    {
        cookie.Cookie.Name = "handoff";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromMinutes(access.Value.IdleMinutes);
        cookie.SlidingExpiration = true;
        cookie.Events.OnCheckSlidingExpiration = StaySignedIn.Check;
        cookie.Events.OnValidatePrincipal = StaySignedIn.Validate;
    }

    private static void SetToken(BearerTokenOptions token, IOptions<AccessOptions> access)
    {
        token.BearerTokenExpiration = TimeSpan.FromMinutes(15);
        token.RefreshTokenExpiration = TimeSpan.FromHours(access.Value.LongestHours);
        token.Events.OnMessageReceived = context =>
        {
            context.Token = Schemes.HubToken(context.Request);
            return Task.CompletedTask;
        };
    }

    private static void AddPermissions(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, NeedCheck>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationResultHandler>();
        services
            .AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().AddRequirements(Need.SignIn).Build())
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(Need.SignIn).Build());
    }

    private static void AddSharedKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Handoff");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<NpgsqlDataSource>((keys, database) => keys.XmlRepository = new KeyRing(database));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "handoff-forms";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
    }
}
