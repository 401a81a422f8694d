namespace Handoff.Web.Layout;

/// <summary>The ward's words for what the code names.</summary>
public static class Words
{
    /// <summary><c>1 bed</c>, <c>3 beds</c>.</summary>
    public static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    /// <summary>What people on the floor call each other: <c>Kim</c> for Jordan Kim.</summary>
    public static string LastName(string name) => name.Split(' ')[^1];
}
