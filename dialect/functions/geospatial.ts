import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-geospatial */
export const geospatialFunctions = define(
  "geospatial",
  {},
  `ST_AREA ST_LENGTH ST_PERIMETER ST_X ST_Y ST_XMAX ST_XMIN ST_YMAX ST_YMIN(geography) float
  ST_ASGEOJSON(geography) object
  ST_ASTEXT ST_ASWKT ST_ASEWKT(geography) text
  ST_ASBINARY ST_ASWKB ST_ASEWKB(geography) binary
  ST_AZIMUTH ST_DISTANCE ST_HAUSDORFFDISTANCE(geography, geography) float
  ST_BUFFER(geography, float) geography
  ST_CENTROID ST_ENVELOPE ST_STARTPOINT ST_ENDPOINT(geography) geography
  ST_CONTAINS ST_COVEREDBY ST_COVERS ST_DISJOINT ST_INTERSECTS ST_WITHIN(geography, geography) boolean
  ST_DIFFERENCE ST_INTERSECTION ST_SYMDIFFERENCE ST_UNION(geography, geography) geography
  ST_DIMENSION ST_NPOINTS ST_NUMPOINTS ST_SRID(geography) integer
  ST_DWITHIN(geography, geography, float) boolean
  ST_GEOHASH(geography, integer?) text
  ST_GEOGFROMGEOHASH ST_GEOGPOINTFROMGEOHASH ST_GEOMFROMGEOHASH ST_GEOMPOINTFROMGEOHASH(text, integer?) geography
  ST_GEOGRAPHYFROMTEXT ST_GEOGRAPHYFROMWKT ST_GEOGRAPHYFROMEWKT ST_GEOGFROMEWKT ST_GEOGFROMTEXT ST_GEOGFROMWKT ST_GEOGRAPHYFROMWKB ST_GEOGRAPHYFROMEWKB ST_GEOGFROMWKB ST_GEOGFROMEWKB(any, boolean?) geography
  ST_GEOMETRYFROMTEXT ST_GEOMETRYFROMWKT ST_GEOMETRYFROMEWKT ST_GEOMFROMEWKT ST_GEOMETRYFROMEWKB ST_GEOMFROMEWKB ST_GEOMFROMTEXT ST_GEOMFROMWKT ST_GEOMETRYFROMWKB ST_GEOMFROMWKB(any, integer?, boolean?) geometry
  ST_ISVALID(geography) boolean
  ST_MAKELINE(geography, geography) geography
  ST_MAKEPOINT ST_POINT(float, float) geography
  ST_MAKEGEOMPOINT ST_GEOMPOINT(float, float) geometry
  ST_MAKEPOLYGON ST_POLYGON ST_MAKEPOLYGONORIENTED(geography) geography
  ST_INTERPOLATE(geography, float?) geography
  ST_POINTN(geography, integer) geography
  ST_SETSRID(geometry, integer) geometry
  ST_SIMPLIFY(geography, float, boolean?) geography
  ST_TRANSFORM(geometry, integer, integer?) geometry
  H3_CELL_TO_BOUNDARY H3_CELL_TO_POINT(any) geography
  H3_CELL_TO_PARENT H3_CELL_TO_CHILDREN H3_CELL_TO_CHILDREN_STRING(any, integer) any
  H3_COVERAGE H3_COVERAGE_STRINGS H3_POLYGON_TO_CELLS H3_POLYGON_TO_CELLS_STRINGS H3_TRY_COVERAGE H3_TRY_COVERAGE_STRINGS H3_TRY_POLYGON_TO_CELLS H3_TRY_POLYGON_TO_CELLS_STRINGS(geography, integer) array
  H3_GET_RESOLUTION(any) integer
  H3_GRID_DISK(any, integer) array
  H3_GRID_DISTANCE(any, any) integer
  H3_GRID_PATH H3_TRY_GRID_PATH H3_TRY_GRID_DISTANCE(any, any) array
  H3_INT_TO_STRING(integer) text
  H3_STRING_TO_INT(text) integer
  H3_IS_PENTAGON H3_IS_VALID_CELL(any) boolean
  H3_LATLNG_TO_CELL H3_LATLNG_TO_CELL_STRING(float, float, integer) any
  H3_POINT_TO_CELL H3_POINT_TO_CELL_STRING(geography, integer) any
  H3_COMPACT_CELLS H3_COMPACT_CELLS_STRINGS(array) array
  H3_UNCOMPACT_CELLS H3_UNCOMPACT_CELLS_STRINGS(array, integer) array`,
);
