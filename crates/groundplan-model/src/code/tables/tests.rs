//! Tables of every tool.

use crate::Certainty;
use crate::code::{link_tables, read_code};

/// Reads files and compares their tables: `orders: id Int4 not null, note Text null, x Int`, with
/// `?` behind a name that is inferred.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let read = files.iter().map(|(path, text)| read_code(path, text).expect("a file of code"));
    let files: Vec<_> = read.collect();
    let shown = |it: &crate::code::LinkedTable| {
        assert_eq!(it.column_files.len(), it.table.columns.len());
        let columns = it.table.columns.iter().map(|column| {
            let null = match column.nullable {
                Some(true) => " null",
                Some(false) => " not null",
                None => "",
            };
            format!("{} {}{null}", column.name, column.ty)
        });
        let mark = if it.table.certainty < Certainty::Stated { "?" } else { "" };
        format!("{}{mark}: {}", it.table.name, columns.collect::<Vec<_>>().join(", "))
    };
    let found: Vec<String> = link_tables(&files).iter().map(shown).collect();
    assert_eq!(found, expected);
}

#[test]
fn migrations_in_sql_are_applied_in_the_order_of_their_names() {
    let first = "CREATE TABLE orders (id UUID PRIMARY KEY, note TEXT, old INT);\n\
                 CREATE TABLE gone (id INT);\n";
    let second = "ALTER TABLE orders ADD COLUMN total NUMERIC NOT NULL;\n\
                  ALTER TABLE orders DROP COLUMN old;\n\
                  ALTER TABLE orders RENAME COLUMN note TO remark;\n\
                  ALTER TABLE orders ALTER COLUMN remark SET NOT NULL;\nDROP TABLE gone;\n\
                  -- +goose Down\nDROP TABLE orders;\n";
    check(
        &[
            ("m/0002_more.sql", second),
            ("m/0001_orders.up.sql", first),
            ("m/0001_orders.down.sql", "DROP TABLE orders;"),
        ],
        &["orders: id UUID not null, remark TEXT not null, total NUMERIC not null"],
    );
}

#[test]
fn sqlalchemy_classes_have_columns_in_both_styles() {
    let text = "class Stamped:\n    created_at = Column(DateTime, nullable=False)\n\n\
                class Order(Stamped, Base):\n    __tablename__ = \"orders\"\n\
                \x20   id = Column(Integer, primary_key=True)\n\
                \x20   owner = Column(\"owner_id\", ForeignKey(\"users.id\"))\n\
                \x20   total: Mapped[Decimal] = mapped_column(Numeric(10, 2))\n\
                \x20   note: Mapped[Optional[str]]\n\
                \x20   items: Mapped[list[Item]] = relationship(back_populates=\"order\")\n\
                class Other(Elsewhere):\n    __tablename__ = \"others\"\n    id = db.Column(db.Integer)\n\
                class Hero(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n\
                users = Table(\"users\", metadata, Column(\"id\", Integer, nullable=False))\n";
    check(
        &[("models.py", text)],
        &[
            "orders: created_at DateTime not null, id Integer not null, owner_id , \
             total Numeric(10, 2) not null, note str null",
            "others?: id Integer",
            "hero?: id int not null",
            "users: id Integer not null",
        ],
    );
}

#[test]
fn alembic_revisions_follow_one_another_by_id() {
    let first = "revision = \"b\"\ndown_revision = None\ndef upgrade():\n\
                 \x20   op.create_table(\"orders\", sa.Column(\"id\", sa.Integer(), nullable=False),\n\
                 \x20       sa.Column(\"old\", sa.Text()), sa.PrimaryKeyConstraint(\"id\"))\n\
                 def downgrade():\n    op.drop_table(\"orders\")\n";
    let second = "revision = \"a\"\ndown_revision = \"b\"\ndef upgrade():\n\
                  \x20   op.add_column(\"orders\", sa.Column(\"total\", sa.Numeric(), nullable=True))\n\
                  \x20   with op.batch_alter_table(\"orders\") as batch_op:\n\
                  \x20       batch_op.drop_column(\"old\")\n\
                  \x20       batch_op.alter_column(\"total\", nullable=False)\n";
    check(
        &[("versions/a.py", second), ("versions/b.py", first)],
        &["orders: id Integer() not null, total Numeric() not null"],
    );
}

#[test]
fn prisma_models_have_mapped_names_and_no_relations() {
    let text = "model Order {\n  id     String  @id @map(\"order_id\")\n  note   String?\n\
                \x20 user   User    @relation(fields: [userId], references: [id])\n  userId Int\n\
                \x20 @@map(\"orders\")\n}\n\nmodel User {\n  id     Int     @id\n  orders Order[]\n}\n";
    check(
        &[("prisma/schema.prisma", text)],
        &[
            "orders: order_id String not null, note String null, userId Int not null",
            "User: id Int not null",
        ],
    );
}

#[test]
fn diesel_and_sea_orm_say_tables_and_columns() {
    let diesel = "diesel::table! {\n    /// All.\n    orders (id) {\n        id -> Int4,\n\
                  \x20       note -> Nullable<Text>,\n    }\n}\n";
    let sea = "#[derive(Clone, DeriveEntityModel)]\n#[sea_orm(table_name = \"items\")]\npub struct Model {\n\
               \x20   #[sea_orm(primary_key)]\n    pub id: i32,\n\
               \x20   #[sea_orm(column_name = \"label\")]\n    pub name: Option<String>,\n}\n";
    check(
        &[("src/schema.rs", diesel), ("src/item.rs", sea)],
        &["items: id i32 not null, label String null", "orders: id Int4 not null, note Text null"],
    );
}

#[test]
fn typeorm_entities_have_columns_by_decorator() {
    let text = "@Entity('orders')\nexport class Order {\n  @PrimaryGeneratedColumn('uuid')\n  id: string;\n\
                \x20 @Column({ name: 'order_note', type: 'text', nullable: true })\n  note?: string;\n\
                \x20 @ManyToOne(() => User)\n  @JoinColumn({ name: 'user_id' })\n  user: User;\n  plain: string;\n}\n\
                @Entity()\nclass OrderItem { @Column() label: string; }\n";
    check(
        &[("order.entity.ts", text)],
        &[
            "orders: id uuid not null, order_note text null, user_id ",
            "order_item?: label string not null",
        ],
    );
}

#[test]
fn django_models_inherit_from_abstract_ones() {
    let text = "class Stamped(models.Model):\n    created = models.DateTimeField()\n\
                \x20   class Meta:\n        abstract = True\n\n\
                class Order(Stamped):\n    user = models.ForeignKey(User, on_delete=models.CASCADE)\n\
                \x20   note = models.TextField(null=True)\n    tags = models.ManyToManyField(Tag)\n\n\
                class Item(models.Model):\n    label = models.CharField(max_length=9, db_column=\"name\")\n\
                \x20   class Meta:\n        db_table = \"items\"\n";
    check(
        &[("shop/models.py", text)],
        &[
            "shop_order?: created DateTimeField not null, user_id ForeignKey not null, \
             note TextField null",
            "items: name CharField not null",
        ],
    );
}
