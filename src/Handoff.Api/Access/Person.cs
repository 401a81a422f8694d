using Handoff.Domain.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Handoff.Api.Access;

/// <summary>Somebody with an account. Accounts are ended, never deleted: the log names them for ever.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>The facility (tenant) that they work at; they see no other.</summary>
    public required string Facility { get; init; }

    /// <summary>The name that is shown and printed beside a signature.</summary>
    public required string Name { get; set; }

    public required Role Role { get; set; }

    /// <summary>Such as <c>RN</c> or <c>LCSW</c>.</summary>
    public string? Credential { get; set; }

    /// <summary>The units that they work on; null for all of the facility.</summary>
    public string[]? Units { get; set; }

    public bool IsDemo { get; init; }

    /// <summary>Since when they may no longer sign in.</summary>
    public DateTimeOffset? Ended { get; set; }
}

/// <summary>The model of schema <c>access</c> for ASP.NET Core Identity; the tables are made by <c>Schema.sql</c>.</summary>
public sealed class AccessContext(DbContextOptions<AccessContext> options) : DbContext(options)
{
    public DbSet<Person> People => Set<Person>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Person>(person =>
        {
            person.ToTable("people", "access");
            person.Property(p => p.Id).HasColumnName("id").ValueGeneratedNever();
            person.Property(p => p.Facility).HasColumnName("facility");
            person.Property(p => p.UserName).HasColumnName("user_name");
            person.Property(p => p.NormalizedUserName).HasColumnName("normalized_user_name");
            person.Property(p => p.Name).HasColumnName("name");
            person.Property(p => p.Role).HasColumnName("role").HasConversion<string>();
            person.Property(p => p.Credential).HasColumnName("credential");
            person.Property(p => p.Units).HasColumnName("units");
            person.Property(p => p.IsDemo).HasColumnName("is_demo");
            person.Property(p => p.Ended).HasColumnName("ended");
            person.Property(p => p.PasswordHash).HasColumnName("password_hash");
            person.Property(p => p.SecurityStamp).HasColumnName("security_stamp");
            person.Property(p => p.ConcurrencyStamp).HasColumnName("concurrency_stamp").IsConcurrencyToken();
            person.Property(p => p.LockoutEnabled).HasColumnName("lockout_enabled");
            person.Property(p => p.LockoutEnd).HasColumnName("lockout_end");
            person.Property(p => p.AccessFailedCount).HasColumnName("access_failed_count");
            person.Ignore(p => p.Email).Ignore(p => p.NormalizedEmail).Ignore(p => p.EmailConfirmed);
            person.Ignore(p => p.PhoneNumber).Ignore(p => p.PhoneNumberConfirmed).Ignore(p => p.TwoFactorEnabled);
        });
}
