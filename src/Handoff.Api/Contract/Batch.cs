using System.Text.Json;
using Handoff.Api.Store;

namespace Handoff.Api.Contract;

/// <summary>Several commands in one request.</summary>
/// <param name="Commands">At most 100; they are done one after the other, in their order.</param>
/// <param name="StopsAtRefusal">Whether nothing more is tried after the first that is refused. What was done before it stands.</param>
public sealed record Batch(IReadOnlyList<BatchItem> Commands, bool StopsAtRefusal = false);

/// <summary>One command of several.</summary>
/// <param name="To">The address of the command's own route, such as <c>/api/rounding/{id}/record-check</c>.</param>
/// <param name="Request">
/// The request's own id, as <c>Idempotency-Key</c> takes it: sent again, it gets its first answer and records nothing.
/// </param>
/// <param name="Body">The command, as its own route takes it; nothing for one without fields.</param>
/// <param name="IfMatch">The stream's version that the sender has seen, such as <c>7</c>; nothing or <c>*</c> for any.</param>
public sealed record BatchItem(string To, string Request, JsonElement? Body = null, string? IfMatch = null);

/// <summary>The same as it is read: what is wrong with one command is said of that one, and the others are done.</summary>
internal sealed record BatchAsSent(IReadOnlyList<JsonElement>? Commands = null, bool StopsAtRefusal = false);

/// <summary>What became of several commands.</summary>
/// <param name="Answers">One for each command, in the order in which they were sent.</param>
public sealed record BatchAnswer(IReadOnlyList<BatchItemAnswer> Answers);

/// <summary>What became of one of several commands.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Request">The request's own id; null if it could not be read.</param>
/// <param name="Status">The HTTP status that its own route would have answered; 424 for what was not tried any more.</param>
/// <param name="Written">What was recorded; null if it was refused.</param>
/// <param name="Problem">Why it was refused; null if it was not.</param>
public sealed record BatchItemAnswer(int Index, string? Request, int Status, Written? Written, BatchProblem? Problem);

/// <summary>A refusal, as problem+json says it.</summary>
/// <param name="Code">Which rule refused it, in kebab-case. It does not change; the words may.</param>
/// <param name="Title">A sentence for the person who asked.</param>
/// <param name="Field">The field that is to blame, where one is; one of the body begins with <c>body.</c></param>
public sealed record BatchProblem(string Code, string Title, string? Field);
