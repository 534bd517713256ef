"""A mapped class, a session and the inspector of SQLAlchemy with Snowflake's dialect, unmodified."""

import json
import os

from sqlalchemy import Column, Integer, MetaData, Numeric, Sequence, String, Table, create_engine, func, inspect, select
from sqlalchemy.orm import Session, declarative_base

engine = create_engine(
    f"snowflake://ADMIN:{os.environ['SNOWFLAKE_PASSWORD']}@127.0.0.1:{os.environ['SNOWFLAKE_PORT']}/ORM/PUBLIC"
    "?account=local&warehouse=COMPUTE_WH&role=ACCOUNTADMIN",
    connect_args={"protocol": "http"},
)
Base = declarative_base()


class Thing(Base):
    __tablename__ = "thing"
    id = Column(Integer, Sequence("thing_seq"), primary_key=True)
    name = Column(String(50), nullable=False)
    price = Column(Numeric(10, 2))


def tell(name, value):
    print(json.dumps({name: value}, default=str), flush=True)


Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all([Thing(name="a", price=1.5), Thing(name="b", price=2)])
    session.commit()
    tell("things", [[t.name, t.price] for t in session.query(Thing).order_by(Thing.name)])
    tell("sums", list(session.execute(select(func.count(), func.sum(Thing.price))).one()))
    first = session.query(Thing).filter_by(name="a").one()
    first.name = "z"
    session.commit()
    session.delete(first)
    session.commit()
    tell("left", [t.name for t in session.query(Thing)])

inspector = inspect(engine)
tell("tables", inspector.get_table_names())
tell("schemas", inspector.get_schema_names())
tell("columns", [[c["name"], str(c["type"]), c["nullable"]] for c in inspector.get_columns("thing")])
tell("key", inspector.get_pk_constraint("thing")["constrained_columns"])
tell("reflected", Table("thing", MetaData(), autoload_with=engine).columns.keys())
# The session's transaction is still open when another connection drops the table.
unfinished = Session(engine)
unfinished.delete(unfinished.query(Thing).first())
unfinished.flush()
Base.metadata.drop_all(engine)
tell("dropped", inspect(engine).get_table_names())
