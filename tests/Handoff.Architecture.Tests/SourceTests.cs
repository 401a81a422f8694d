using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Handoff.Domain.Kernel;

namespace Handoff.Architecture.Tests;

/// <summary>
/// Rules that hold for all sources. What the packages can do and we must not is not to be seen from types alone, so the sources are read.
/// </summary>
public sealed class SourceTests
{
    /// <summary>Where SQL on the log's schema stands outside of the store, and why.</summary>
    private static readonly Dictionary<string, string> SqlElsewhere = new()
    {
        ["Handoff.Api/Health.cs"] = "readiness asks whether the schema is there",
    };

    /// <summary>
    /// Where times are written or read with a format besides <see cref="UnitTime"/>, and why none of them is shown bare in the hour that
    /// comes twice.
    /// </summary>
    private static readonly Dictionary<string, string> ClocksElsewhere = new()
    {
        ["Handoff.Domain/Kernel/UnitTime.cs"] = "the unit's clock itself",
        ["Handoff.Api/FormPost.cs"] = "reads what somebody typed, and asks which of the two it was",
        ["Handoff.Web/Units/ShiftText.cs"] = "reads when a shift starts, which is on no day",
        ["Handoff.Simulator/SimulateVerb.cs"] = "with its offset, on a console",
    };

    private static readonly Regex Comment = Rule(@"^\s*//.*$");
    private static readonly Regex Appending = Rule(
        @"\b(Events\.Append\((\w+\.\w+, ){0,2}|AppendOptimistic|AppendExclusive|StartStream|mt_quick_append_events"
            + @"|insert into handoff\.mt_events|QuickAppend)"
    );
    private static readonly Regex Writing = Rule(@"(insert into|update|delete from|copy|truncate)\s+(only\s+)?handoff\.mt_");
    private static readonly Regex Aggregating = Rule(
        "FetchForWriting|FetchForExclusiveWriting|WriteToAggregate|WriteExclusivelyToAggregate|AggregateHandler|WriteAggregate"
    );
    private static readonly Regex Projecting = Rule(
        @"ProjectionLifecycle\.Inline|SnapshotLifecycle\.Inline"
            + @""
            + @"|Projections\.(Add|Snapshot|LiveStreamAggregation)|UseIdentityMapForAggregates"
    );
    private static readonly Regex AppendMode = Rule(@"AppendMode = [\w.]+");
    private static readonly Regex SqlOnTheLog = Rule(
        @"\b(from|join|into|update|table|call|select|truncate)\s+(only\s+)?"
            + @"handoff\.(mt_|heads|about|schema_version|check_batch|append_batch)"
    );
    private static readonly Regex SqlOnAccess = Rule(@"\b(from|join|into|update|table|truncate)\s+access\.");
    private static readonly Regex Clock = Rule(@"[^']HH\\*:mm");
    private static readonly Regex Impure = Rule(
        @"\bawait\b|DateTimeOffset\.(Utc)?Now|DateTime\.(Utc)?Now|TimeProvider|Guid\.NewGuid|CreateVersion7|Random\.Shared|new Random"
    );

    private static readonly string Src = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../src"));

    private static readonly Dictionary<string, string> Sources = Directory
        .EnumerateFiles(Src, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".cs" or ".razor")
        .Select(file => Path.GetRelativePath(Src, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .ToDictionary(file => file, file => Comment.Replace(File.ReadAllText(Path.Combine(Src, file)), ""));

    [Fact]
    public void Sources_are_found() => Sources.Count.ShouldBeGreaterThan(100);

    [Fact]
    public void Nothing_appends_but_the_operation_of_a_batch_which_says_the_versions_that_it_expects()
    {
        Where(Appending).ShouldBeEmpty();
        Where(Rule("new AppendBatch\\(")).ShouldBe(["Handoff.Api/Store/Appender.cs"]);
    }

    [Fact]
    public void Marten_s_tables_are_written_around_it_by_that_operation_and_by_an_import_only()
    {
        Where(Writing).ShouldBe(["Handoff.Api/Store/Import.cs"]);
        var sql = Directory
            .EnumerateFiles(Src, "*.sql", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && Writing.IsMatch(File.ReadAllText(file)))
            .ToList();
        sql.Select(Path.GetFileName).ShouldBe(["Schema.sql"]);
        var schema = File.ReadAllText(sql[0]);
        var (from, to) = (
            schema.IndexOf("create function handoff.append_batch(", StringComparison.Ordinal),
            schema.IndexOf("create or replace function handoff.check_batch(", StringComparison.Ordinal)
        );
        Writing.Matches(schema).Select(m => m.Index).ShouldAllBe(at => at > from && at < to);
    }

    [Fact]
    public void Nothing_loads_an_aggregate_to_write_to_it() => Where(Aggregating).ShouldBeEmpty();

    [Fact]
    public void No_projection_runs_inside_of_an_append() => Where(Projecting).ShouldBeEmpty();

    [Fact]
    public void Sequence_numbers_are_drawn_inside_of_the_transaction() =>
        Where(AppendMode)
            .Select(file => AppendMode.Match(Sources[file]).Value)
            .ShouldBe(["AppendMode = EventAppendMode.QuickWithServerTimestamps"]);

    [Fact]
    public void Sql_on_the_log_stands_in_the_store_only() =>
        Where(SqlOnTheLog)
            .Where(file => !file.StartsWith("Handoff.Api/Store/", StringComparison.Ordinal))
            .ShouldBe(SqlElsewhere.Keys, ignoreOrder: true);

    [Fact]
    public void Sql_on_accounts_and_keys_stands_in_the_api_only() =>
        Where(SqlOnAccess).ShouldAllBe(file => file.StartsWith("Handoff.Api/Access/", StringComparison.Ordinal));

    /// <summary>A machine's form has its <c>'T'</c> before it, and an offset after it or none that is meant.</summary>
    [Fact]
    public void In_the_hour_that_comes_twice_a_time_is_written_by_the_unit_s_clock_which_says_which_one_it_is() =>
        Where(Clock).ShouldBe(ClocksElsewhere.Keys, ignoreOrder: true);

    [Fact]
    public void The_domain_references_nothing_but_the_runtime()
    {
        typeof(EventTypeRegistry)
            .Assembly.GetReferencedAssemblies()
            .ShouldAllBe(a => a.Name!.StartsWith("System", StringComparison.Ordinal));
        File.ReadAllText(Path.Combine(Src, "Handoff.Domain/Handoff.Domain.csproj")).ShouldNotContain("Reference");
    }

    [Fact]
    public void The_domain_waits_for_nothing_and_looks_at_no_clock() =>
        Where(Impure).Where(file => file.StartsWith("Handoff.Domain/", StringComparison.Ordinal)).ShouldBeEmpty();

    private static IEnumerable<string> Where(Regex rule) =>
        Sources.Where(source => rule.IsMatch(source.Value)).Select(source => source.Key);

    private static Regex Rule(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.Multiline, TimeSpan.FromSeconds(10));

    private static string Here([CallerFilePath] string path = "") => path;
}
