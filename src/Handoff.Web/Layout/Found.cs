namespace Handoff.Web.Layout;

/// <summary>What the slices declare for pages that are not their own is found by its type: no list names it.</summary>
internal static class Found
{
    public static List<T> All<T>() =>
        [
            .. typeof(Found)
                .Assembly.GetTypes()
                .Where(type => type is { IsInterface: false, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
                .Select(type => (T)Activator.CreateInstance(type)!),
        ];
}
