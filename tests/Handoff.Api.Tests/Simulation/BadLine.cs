using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Handoff.Api.Tests.Simulation;

/// <summary>
/// A bad line to a service: of every five writes one is turned away with a 503, one reaches the service but its answer is lost, the rest
/// pass.
/// </summary>
internal sealed class BadLine : IAsyncDisposable
{
    private readonly HttpClient service;
    private readonly WebApplication line;
    private int writes;

    private BadLine(Uri to)
    {
        service = new() { BaseAddress = to };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        line = builder.Build();
        line.Run(Pass);
    }

    public Uri Address => new(line.Urls.Single());

    public static async Task<BadLine> To(Uri service)
    {
        var bad = new BadLine(service);
        await bad.line.StartAsync();
        return bad;
    }

    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        service.Dispose();
    }

    private async Task Pass(HttpContext context)
    {
        var luck = context.Request.Method == "POST" ? Interlocked.Increment(ref writes) % 5 : 0;
        if (luck == 1)
        {
            context.Response.StatusCode = 503;
            return;
        }

        using var answer = await service.SendAsync(Request(context));
        if (luck == 2)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    private static HttpRequestMessage Request(HttpContext context)
    {
        var request = new HttpRequestMessage(new(context.Request.Method), context.Request.Path);
        if (context.Request.Method == "POST")
        {
            request.Content = new StreamContent(context.Request.Body) { Headers = { ContentType = new(context.Request.ContentType!) } };
        }

        foreach (var name in new[] { "X-Api-Key", "Authorization", "Idempotency-Key" })
        {
            if (context.Request.Headers[name] is { Count: > 0 } given)
            {
                request.Headers.TryAddWithoutValidation(name, given.ToArray());
            }
        }

        return request;
    }
}
