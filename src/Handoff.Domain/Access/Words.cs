using System.Text;

namespace Handoff.Domain.Access;

/// <summary>Stored names as the ward says them.</summary>
public static class AccessWords
{
    public static string Words(this Role role) =>
        role switch
        {
            Role.ChargeNurse => "Charge nurse",
            Role.Integration => "Hospital interface",
            Role.Feed => "Admissions feed",
            _ => role.ToString(),
        };

    /// <summary><c>ReadBoard</c> as <c>read board</c>.</summary>
    public static string Words(this Permission permission)
    {
        var words = new StringBuilder();
        foreach (var letter in permission.Name)
        {
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
