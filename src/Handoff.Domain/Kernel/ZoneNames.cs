namespace Handoff.Domain.Kernel;

/// <summary>
/// What people call a zone's time while the clocks are forward and when they are back. From the tz database of IANA, release 2025b (files
/// northamerica, europe, asia,
/// africa, australasia; in the public domain), which is where its rules come from too: a machine's own language has other names, or none.
/// Only zones that put their clocks
/// back are here, for only their hours come twice, and only those to which the database gives letters.
/// </summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, (string Forward, string Back)> Known = new[]
    {
        Named(
            "EDT",
            "EST",
            "America/New_York US/Eastern EST5EDT America/Detroit US/Michigan America/Indiana/Indianapolis America/Indianapolis "
                + "US/East-Indiana America/Fort_Wayne"
                + " America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes "
                + "America/Indiana/Winamac America/Kentucky/Louisville"
                + " America/Louisville America/Kentucky/Monticello America/Toronto Canada/Eastern America/Montreal "
                + "America/Nassau America/Port-au-Prince America/Iqaluit"
        ),
        Named(
            "CDT",
            "CST",
            "America/Chicago US/Central CST6CDT America/Indiana/Knox US/Indiana-Starke America/Indiana/Tell_City "
                + "America/Menominee America/North_Dakota/Beulah"
                + " America/North_Dakota/Center America/North_Dakota/New_Salem America/Winnipeg Canada/Central "
                + "America/Matamoros America/Ojinaga America/Havana Cuba"
        ),
        Named(
            "MDT",
            "MST",
            "America/Denver US/Mountain MST7MDT Navajo America/Shiprock America/Boise America/Edmonton Canada/Mountain "
                + "America/Ciudad_Juarez"
        ),
        Named("PDT", "PST", "America/Los_Angeles US/Pacific PST8PDT America/Vancouver Canada/Pacific America/Tijuana"),
        Named("AKDT", "AKST", "America/Anchorage US/Alaska America/Juneau America/Metlakatla America/Nome America/Sitka America/Yakutat"),
        Named("HDT", "HST", "America/Adak America/Atka US/Aleutian"),
        Named(
            "ADT",
            "AST",
            "America/Halifax Canada/Atlantic America/Moncton America/Glace_Bay America/Goose_Bay America/Thule Atlantic/Bermuda"
        ),
        Named("NDT", "NST", "America/St_Johns Canada/Newfoundland"),
        Named("BST", "GMT", "Europe/London GB Europe/Belfast Europe/Jersey Europe/Guernsey Europe/Isle_of_Man"),
        Named("IST", "GMT", "Europe/Dublin Eire"),
        Named("WEST", "WET", "Europe/Lisbon Portugal Atlantic/Madeira Atlantic/Canary Atlantic/Faroe"),
        Named(
            "CEST",
            "CET",
            "Europe/Berlin Europe/Paris Europe/Vienna Europe/Zurich Europe/Rome Europe/Madrid Europe/Amsterdam Europe/Brussels "
                + "Europe/Luxembourg Europe/Copenhagen"
                + " Europe/Oslo Europe/Stockholm Europe/Prague Europe/Warsaw Europe/Budapest Europe/Belgrade Europe/Zagreb "
                + "Europe/Ljubljana Europe/Bratislava Europe/Sarajevo"
                + " Europe/Skopje Europe/Podgorica Europe/Tirane Europe/Malta Europe/Monaco Europe/Andorra Europe/Vaduz "
                + "Europe/San_Marino Europe/Vatican Europe/Gibraltar CET"
        ),
        Named(
            "EEST",
            "EET",
            "Europe/Athens Europe/Helsinki Europe/Kyiv Europe/Kiev Europe/Bucharest Europe/Sofia Europe/Riga Europe/Tallinn "
                + "Europe/Vilnius Europe/Chisinau"
                + " Europe/Mariehamn Asia/Nicosia Asia/Famagusta Asia/Beirut Africa/Cairo Egypt EET"
        ),
        Named("IDT", "IST", "Asia/Jerusalem Asia/Tel_Aviv Israel"),
        Named(
            "AEDT",
            "AEST",
            "Australia/Sydney Australia/Melbourne Australia/Hobart Australia/Canberra Australia/ACT Australia/NSW "
                + "Australia/Victoria Australia/Tasmania"
        ),
        Named("ACDT", "ACST", "Australia/Adelaide Australia/South Australia/Broken_Hill"),
        Named("NZDT", "NZST", "Pacific/Auckland NZ Antarctica/McMurdo"),
    }
        .SelectMany(one => one)
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Null for a zone that nobody has letters for.</summary>
    public static (string Forward, string Back)? ForZone(string zone) => Known.TryGetValue(zone, out var names) ? names : null;

    private static IEnumerable<KeyValuePair<string, (string Forward, string Back)>> Named(string forward, string back, string zones) =>
        zones.Split(' ').Select(zone => KeyValuePair.Create(zone, (forward, back)));
}
