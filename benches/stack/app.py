"""The datasets of the example's design on the stack that many designs name: FastAPI, SQLAlchemy 2,
asyncpg, PostgreSQL, and Redis as a cache for single rows. Measured by `cargo xtask bench`.

DATABASE_URL and REDIS_URL say where the two servers are, TOKEN_KEY how tokens are signed.
"""

import base64
import os
import uuid
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from redis.asyncio import Redis
from sqlalchemy import BigInteger, DateTime, String, UniqueConstraint, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CACHE_S = 3600

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=10, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
cache = Redis.from_url(os.environ["REDIS_URL"])
token_key = os.environ["TOKEN_KEY"]


class Base(DeclarativeBase):
    pass


class DatasetRow(Base):
    __tablename__ = "datasets"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    owner_id: Mapped[str] = mapped_column(String, index=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str | None] = mapped_column(String(2000))
    row_count: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), default=lambda: datetime.now(UTC), index=True
    )
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), default=lambda: datetime.now(UTC)
    )


class NewDataset(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=120)
    description: str | None = Field(default=None, max_length=2000)
    row_count: int = Field(default=0, ge=0)


class Dataset(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    owner_id: str
    name: str
    description: str | None
    row_count: int
    created_at: datetime
    updated_at: datetime


@asynccontextmanager
async def lifespan(_: FastAPI):
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield


app = FastAPI(title="Data export", lifespan=lifespan)


async def owner(authorization: Annotated[str | None, Header()] = None) -> str:
    token = (authorization or "").removeprefix("Bearer ")
    try:
        return jwt.decode(token, token_key, algorithms=["HS256"])["sub"]
    except (jwt.PyJWTError, KeyError) as error:
        raise HTTPException(401, "no token that holds") from error


async def session():
    async with sessions() as opened:
        yield opened


Owner = Annotated[str, Depends(owner)]
Rows = Annotated[AsyncSession, Depends(session)]


@app.get("/api/v1/datasets", response_model=list[Dataset])
async def list_datasets(
    owner: Owner,
    rows: Rows,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    cursor: str | None = None,
):
    query = select(DatasetRow).where(DatasetRow.owner_id == owner)
    if cursor is not None:
        created_at, key = base64.urlsafe_b64decode(cursor).decode().split(" ")
        position = (datetime.fromisoformat(created_at), uuid.UUID(key))
        query = query.where(tuple_(DatasetRow.created_at, DatasetRow.id) > position)
    query = query.order_by(DatasetRow.created_at, DatasetRow.id).limit(limit + 1)
    found = (await rows.scalars(query)).all()
    if len(found) > limit:
        last = found[limit - 1]
        position = f"{last.created_at.isoformat()} {last.id}".encode()
        cursor = base64.urlsafe_b64encode(position).decode()
        response.headers["Link"] = f'</api/v1/datasets?limit={limit}&cursor={cursor}>; rel="next"'
    return found[:limit]


@app.get("/api/v1/datasets/{key}", response_model=Dataset)
async def read_dataset(key: uuid.UUID, owner: Owner, rows: Rows):
    cached = await cache.get(f"dataset:{owner}:{key}")
    if cached is not None:
        return Response(cached, media_type="application/json")
    query = select(DatasetRow).where(DatasetRow.id == key, DatasetRow.owner_id == owner)
    found = await rows.scalar(query)
    if found is None:
        raise HTTPException(404, "there is no such row")
    text = Dataset.model_validate(found).model_dump_json()
    await cache.setex(f"dataset:{owner}:{key}", CACHE_S, text)
    return Response(text, media_type="application/json")


@app.post("/api/v1/datasets", response_model=Dataset, status_code=201)
async def create_dataset(new: NewDataset, owner: Owner, rows: Rows, response: Response):
    row = DatasetRow(owner_id=owner, **new.model_dump())
    rows.add(row)
    try:
        await rows.commit()
    except IntegrityError as error:
        raise HTTPException(409, "there is such a row already") from error
    response.headers["Location"] = f"/api/v1/datasets/{row.id}"
    return row
