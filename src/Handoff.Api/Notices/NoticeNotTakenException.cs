using System.Text.Json;
using Handoff.Api.Store;

namespace Handoff.Api.Notices;

/// <summary>The receiver has not taken a notice.</summary>
public sealed class NoticeNotTakenException(string why) : OwedFailedException(why);
