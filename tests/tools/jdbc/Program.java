import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/** What Snowflake's JDBC driver does, unmodified; each line of output is one fact that the test compares. */
public class Program {
  static void tell(String name, Object value) {
    System.out.println("{" + json(name) + ": " + json(value) + "}");
  }

  static String json(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
    if (value instanceof List<?> list) return list.stream().map(Program::json).collect(Collectors.joining(", ", "[", "]"));
    String text = value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "\"" + text + "\"";
  }

  static List<Object> column(ResultSet rows, String name) throws SQLException {
    List<Object> values = new ArrayList<>();
    while (rows.next()) values.add(rows.getString(name));
    return values;
  }

  public static void main(String[] args) throws Exception {
    Properties properties = new Properties();
    properties.put("user", "ADMIN");
    properties.put("password", System.getenv("SNOWFLAKE_PASSWORD"));
    properties.put("account", "local");
    properties.put("ssl", "off");
    properties.put("warehouse", "COMPUTE_WH");
    String url = "jdbc:snowflake://127.0.0.1:" + System.getenv("SNOWFLAKE_PORT");
    try (Connection connection = DriverManager.getConnection(url, properties);
        Statement statement = connection.createStatement()) {
      for (String format : List.of("ARROW", "JSON")) {
        statement.execute("alter session set TIMEZONE = 'UTC', JDBC_QUERY_RESULT_FORMAT = '" + format + "'");
        ResultSet row =
            statement.executeQuery(
                "select 1, 'text', 1.50::number(10, 2), true, null, to_date('2026-01-02'), '01:02:03'::time,"
                    + " '2026-01-02 03:04:05.123456'::timestamp_ntz, '2026-01-02 03:04:05 +02:00'::timestamp_tz,"
                    + " to_binary('ff00'), parse_json('{\"a\": 1}'), 1.5::float");
        row.next();
        ResultSetMetaData columns = row.getMetaData();
        List<Object> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          types.add(columns.getColumnTypeName(i));
          values.add(row.getString(i));
        }
        tell("types" + format, types);
        tell("values" + format, values);
      }
      statement.execute("alter session unset JDBC_QUERY_RESULT_FORMAT");
      statement.execute("create or replace database JD");
      statement.execute("create schema JD.S");
      boolean hasRows = statement.execute("create table T (N number, T varchar, AT timestamp_ntz)");
      tell("ddl", Arrays.asList(hasRows, statement.getUpdateCount()));
      tell("inserted", statement.executeUpdate("insert into T select 1, 'it''s', '2026-01-02 03:04:05'"));
      try (PreparedStatement insert = connection.prepareStatement("insert into T values (?, ?, ?)")) {
        tell("binds", Arrays.asList(insert.getParameterMetaData().getParameterCount(), insert.getParameterMetaData().getParameterTypeName(1)));
        for (int i = 2; i <= 500; i++) {
          insert.setInt(1, i);
          insert.setString(2, "row " + i);
          insert.setTimestamp(3, Timestamp.valueOf("2026-01-02 03:04:05"));
          insert.addBatch();
        }
        tell("batch", insert.executeBatch().length);
      }
      try (PreparedStatement update = connection.prepareStatement("update T set T = 'new' where N = ?")) {
        for (int number : new int[] {1, 2, 999}) {
          update.setInt(1, number);
          update.addBatch();
        }
        tell("updates", Arrays.stream(update.executeBatch()).boxed().collect(Collectors.toList()));
      }
      ResultSet sums = statement.executeQuery("select count(*), sum(N), count(AT) from T");
      sums.next();
      tell("sums", Arrays.asList(sums.getInt(1), sums.getLong(2), sums.getInt(3)));
      try {
        statement.executeQuery("select * from NOWHERE");
      } catch (SQLException error) {
        tell("error", Arrays.asList(error.getErrorCode(), error.getSQLState(), error.getMessage().contains("Object 'NOWHERE' does not exist")));
      }
      ResultSet many = statement.executeQuery("select seq4() as N, randstr(50, random()) from table(generator(rowcount => 50000))");
      int count = 0;
      while (many.next()) count++;
      tell("large", count);
      tell("columns", column(connection.getMetaData().getColumns("JD", "S", "T", "%"), "COLUMN_NAME"));
      tell("tables", column(connection.getMetaData().getTables("JD", "S", "%", new String[] {"TABLE"}), "TABLE_NAME"));
      connection.setAutoCommit(false);
      statement.executeUpdate("delete from T");
      connection.rollback();
      connection.setAutoCommit(true);
      ResultSet left = statement.executeQuery("select count(*) from T");
      left.next();
      tell("rollback", left.getInt(1));
      Path file = Files.createTempFile("jdbc", ".csv");
      Files.writeString(file, "1,a\n2,b\n");
      statement.execute("create stage ST");
      String put = "put file://" + file + " @ST auto_compress = false";
      tell("put", List.of(column(statement.executeQuery(put), "status"), column(statement.executeQuery(put), "status")));
      tell("staged", column(statement.executeQuery("select $2 as B from @ST order by 1"), "B"));
      Path folder = Files.createTempDirectory("jdbc");
      ResultSet got = statement.executeQuery("get @ST file://" + folder + "/");
      got.next();
      tell("got", List.of(got.getString("status"), Files.readString(folder.resolve(file.getFileName()))));
      Files.delete(folder.resolve(file.getFileName()));
      Files.delete(folder);
      Files.delete(file);
    }
  }
}
