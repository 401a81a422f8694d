namespace Handoff.Domain.Groups;

public static class GroupWords
{
    public static string Words(this GroupType type) =>
        type switch
        {
            GroupType.Educational => "psycho-education",
            _ => type.ToString().ToLowerInvariant(),
        };
}
