using System.Runtime.CompilerServices;

namespace Handoff.Domain.Tests.Approved;

/// <summary>What must not change unseen stands in a text file under review. A difference leaves the new text beside it.</summary>
internal static class ApprovedText
{
    public static void ShouldBeApproved(this string received, string name, [CallerFilePath] string test = "")
    {
        var folder = Path.GetDirectoryName(test)!.Split(Path.DirectorySeparatorChar + "Handoff.Domain.Tests")[0];
        var approvedAt = Path.Combine(folder, "Handoff.Domain.Tests", "Approved", name + ".txt");
        var approved = File.Exists(approvedAt) ? File.ReadAllText(approvedAt).ReplaceLineEndings("\n") : "";
        if (approved == received)
        {
            return;
        }

        File.WriteAllText(Path.ChangeExtension(approvedAt, ".received.txt"), received);
        Assert.Fail(
            $"{name} is not what was approved. What is stored is for ever and what is routed is relied on: if the change is meant, "
                + $"replace {name}.txt by {name}.received.txt and let it be reviewed.\n"
                + Difference(approved.Split('\n'), received.Split('\n'))
        );
    }

    private static string Difference(string[] approved, string[] received) =>
        string.Join(
            '\n',
            approved.Except(received).Select(line => "- " + line).Concat(received.Except(approved).Select(line => "+ " + line))
        );
}
