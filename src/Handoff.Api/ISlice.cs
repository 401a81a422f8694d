using Handoff.Api.Store;

namespace Handoff.Api;

/// <summary>
/// What a slice brings to the application: what it registers, and its routes. Every implementation is found; the application lists none.
/// </summary>
internal interface ISlice
{
    void Add(IServiceCollection services, IConfiguration configuration);

    void Map(IEndpointRouteBuilder routes);

    static IReadOnlyList<ISlice> All { get; } =
    [
        .. typeof(ISlice)
            .Assembly.GetTypes()
            .Where(type => type is { IsInterface: false, IsAbstract: false } && type.IsAssignableTo(typeof(ISlice)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (ISlice)Activator.CreateInstance(type)!),
    ];
}

/// <summary>
/// Who is handed what was appended, on each node, in the order of the log; one after the other by their place, lowest first.
/// </summary>
internal sealed record LogFollower(int Place, Func<string, IReadOnlyList<StoredEvent>, CancellationToken, Task> Take);

internal static class LogFollowers
{
    /// <summary>Registers something that follows the log.</summary>
    public static IServiceCollection AddFollower<T>(
        this IServiceCollection services,
        int place,
        Func<T, Func<string, IReadOnlyList<StoredEvent>, CancellationToken, Task>> take
    )
        where T : class =>
        services.AddSingleton<T>().AddSingleton(provider => new LogFollower(place, take(provider.GetRequiredService<T>())));
}
