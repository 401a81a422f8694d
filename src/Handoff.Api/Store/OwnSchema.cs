using Marten;
using Marten.Storage;
using Weasel.Core;
using Weasel.Core.Migrations;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Handoff.Api.Store;

/// <summary>Our own tables beside Marten's: the order and the chain of each facility, and which events concern which stay.</summary>
internal sealed class OwnSchema(StoreOptions options) : FeatureSchemaBase("handoff", options.Advanced.Migrator)
{
    protected override IEnumerable<ISchemaObject> schemaObjects() => [new Heads(), new About()];

    /// <summary>One row a facility: who holds it, holds the facility's order until commit.</summary>
    private sealed class Heads : Table
    {
        public Heads()
            : base(new PostgresqlObjectName(Schema.Name, "heads", Weasel.Postgresql.SchemaUtils.IdentifierUsage.General))
        {
            AddColumn("tenant_id", "varchar").AsPrimaryKey();
            AddColumn("position", "bigint").NotNull().DefaultValueByExpression("0");
            AddColumn("hash", "bytea").NotNull().DefaultValueByExpression("'\\x'::bytea");
            AddColumn("recorded", "timestamp with time zone").NotNull().DefaultValueByExpression("'-infinity'::timestamp with time zone");
            AddColumn("rebuilt", "bigint").NotNull().DefaultValueByExpression("0");
            PrimaryKeyName = "heads_pkey";
        }
    }

    /// <summary>A patient's timeline is one index scan across all streams.</summary>
    private sealed class About : Table
    {
        public About()
            : base(new PostgresqlObjectName(Schema.Name, "about", Weasel.Postgresql.SchemaUtils.IdentifierUsage.General))
        {
            AddColumn("tenant_id", "varchar").AsPrimaryKey();
            AddColumn("stay", "uuid").AsPrimaryKey();
            AddColumn("seq_id", "bigint").AsPrimaryKey();
            PrimaryKeyName = "about_pkey";
        }
    }
}
