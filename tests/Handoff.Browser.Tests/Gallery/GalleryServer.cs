using Handoff.Web;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Handoff.Browser.Tests.Gallery;

/// <summary>Serves sample pages, made of the real components, under the content security policy that the application has.</summary>
public sealed class GalleryServer : IAsyncLifetime
{
    private WebApplication? app;

    public static readonly string[] Pages =
    [
        "sign-in",
        "sign-in-refused",
        "forms",
        "forms-refused",
        "empty",
        "undo",
        "problem-403",
        "problem-500",
    ];

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRazorComponents();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Use(
            (context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy =
                    "default-src 'self'; style-src 'self' 'nonce-sample'; img-src 'self' data:; frame-ancestors 'none'";
                return next(context);
            }
        );
        app.MapGet(
            "/assets/{name}",
            (string name) => Bundle.Find(name) is { } asset ? Results.Bytes(asset.Plain, asset.ContentType) : Results.NotFound()
        );
        app.MapGet("/gallery/{name}", Show);
        await app.StartAsync();
        Address = app.Urls.Single();
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    private static IResult Show(string name) =>
        name switch
        {
            "sign-in" => Render<SignInPage>(new { PageContext = Samples.Stranger("/sign-in"), Demo = Samples.Accounts }),
            "sign-in-refused" => Render<SignInPage>(
                new
                {
                    PageContext = Samples.Stranger("/sign-in"),
                    Demo = Samples.Accounts,
                    SubmittedForm = Samples.Refused,
                }
            ),
            "forms" => Render<FormsPage>(new { PageContext = Samples.Frame("/units/2w/rounds") }),
            "forms-refused" => Render<FormsPage>(new { PageContext = Samples.Frame("/units/2w/rounds"), SubmittedForm = Samples.Refused }),
            "empty" => Render<EmptyPage>(new { PageContext = Samples.Frame("/units/2w/board") }),
            "undo" => Render<EmptyPage>(new { PageContext = Samples.Frame("/units/2w/board") with { Undo = Taken } }),
            "problem-403" => Render<ProblemPage>(new { PageContext = Samples.Frame("/adt/quarantine"), Status = 403 }),
            "problem-500" => Render<ProblemPage>(
                new
                {
                    PageContext = Samples.Frame("/"),
                    Status = 500,
                    Code = "0HNG4T2",
                }
            ),
            _ => Results.NotFound(),
        };

    private static UndoOffer Taken =>
        new("Check of Chen, Luis recorded 14:32", "/nowhere", new Dictionary<string, string> { ["check"] = "1" }, Seconds: 600);

    private static RazorComponentResult<T> Render<T>(object parameters)
        where T : IComponent => new(parameters);
}
